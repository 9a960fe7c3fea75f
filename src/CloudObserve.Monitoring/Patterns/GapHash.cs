using System.Security.Cryptography;

namespace CloudObserve.Monitoring.Patterns;

/// <summary>Computes the hash of a signature without one of its parts, for each part in constant time.</summary>
internal sealed class GapHash
{
    // An odd factor with well mixed bits.
    private const ulong Factor = 0x9E3779B97F4A7C15;

    // Another one in each process, so that messages cannot be chosen to have equal hashes.
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private readonly ulong[] _before = new ulong[MessageScanner.MaxTokens + 1];
    private readonly ulong[] _behind = new ulong[MessageScanner.MaxTokens + 1];
    private int _length;

    internal void Set(int[] signature)
    {
        _length = signature.Length;
        _before[0] = 0;
        for (int i = 0; i < _length; i++)
        {
            _before[i + 1] = (_before[i] * Factor) + Mix(signature[i]);
        }

        _behind[_length] = 1;
        for (int i = _length - 1; i >= 0; i--)
        {
            _behind[i] = (_behind[i + 1] * Factor) + Mix(signature[i]);
        }
    }

    // The lengths of both sides are part of it, so that a gap at another place has another hash.
    internal int Without(int start, int end)
    {
        ulong hash = (_before[start] ^ ((ulong)start << 48)) * Factor;
        hash = (hash ^ _behind[end]) * Factor;
        return (int)(hash >> 32);
    }

    private static ulong Mix(int token)
    {
        ulong mixed = ((ulong)token ^ Seed) * 0xBF58476D1CE4E5B9;
        return mixed ^ (mixed >> 29);
    }
}
