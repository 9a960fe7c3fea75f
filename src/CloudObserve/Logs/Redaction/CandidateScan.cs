using System.Buffers;
using System.Text;

namespace CloudObserve.Logs.Redaction;

/// <summary>Finds the places of a text where one of many words stands, in one vectorised pass, case ignored.</summary>
/// <remarks>
/// The search for many words at once exists for characters only, so the bytes are widened piece by piece first, each byte to one character:
/// that costs a fraction of the search and keeps the places the same. The words are ASCII, and no byte of a longer UTF-8 sequence is.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class CandidateScan
{
    private const int ChunkBytes = 2048;

    private readonly SearchValues<string> _words;
    private readonly int _overlap;
    private readonly char[] _wide;

    internal CandidateScan(IEnumerable<string> words)
    {
        string[] distinct = WithoutLonger([.. words]);
        _words = SearchValues.Create(distinct, StringComparison.OrdinalIgnoreCase);
        _overlap = distinct.Max(w => w.Length) - 1;
        _wide = new char[ChunkBytes + _overlap];
    }

    /// <summary>Starts a pass over a text.</summary>
    internal Pass Over(ReadOnlySpan<byte> text) => new(this, text);

    // Where a longer word stands, the shorter one inside of it is found as well.
    private static string[] WithoutLonger(string[] words) =>
        [.. words.Where(w => !words.Any(o => o.Length < w.Length && w.Contains(o, StringComparison.OrdinalIgnoreCase))).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>A pass over one text.</summary>
    internal ref struct Pass(CandidateScan scan, ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _chunkStart;
        private int _chunkLength;

        /// <summary>Finds the next place.</summary>
        /// <param name="from">Where to begin; not before where the last search began.</param>
        /// <returns>Its index, or -1.</returns>
        internal int Next(int from)
        {
            while (from < _text.Length)
            {
                if (from >= _chunkStart + Math.Min(_chunkLength, ChunkBytes))
                {
                    Widen(from);
                }

                int found = scan._wide.AsSpan(from - _chunkStart, _chunkLength - (from - _chunkStart)).IndexOfAny(scan._words);
                if (found >= 0)
                {
                    return from + found;
                }

                // The end of a chunk is looked at again with the next one: a word may lie across it.
                from = Math.Max(from, _chunkLength <= ChunkBytes ? _text.Length : _chunkStart + ChunkBytes);
            }

            return -1;
        }

        private void Widen(int from)
        {
            _chunkStart = from;
            _chunkLength = Math.Min(_text.Length - from, ChunkBytes + scan._overlap);
            _ = Encoding.Latin1.GetChars(_text.Slice(from, _chunkLength), scan._wide);
        }
    }
}
