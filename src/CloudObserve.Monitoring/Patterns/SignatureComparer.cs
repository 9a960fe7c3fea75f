using System.Runtime.InteropServices;

namespace CloudObserve.Monitoring.Patterns;

/// <summary>Compares signatures by their tokens. A signature is found by a span, without an array.</summary>
internal sealed class SignatureComparer : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
{
    internal static readonly SignatureComparer Instance = new();

    public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();

    public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(int[] obj) => GetHashCode(obj.AsSpan());

    public int GetHashCode(ReadOnlySpan<int> alternate)
    {
        HashCode hash = default;
        hash.AddBytes(MemoryMarshal.AsBytes(alternate));
        return hash.ToHashCode();
    }
}
