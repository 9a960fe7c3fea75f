using System.Text;

namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Decodes UTF-8 into a buffer that is used again.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class TextBuffer
{
    private char[] _chars = new char[512];

    /// <summary>Decodes a text.</summary>
    /// <returns>The text, which is valid until the next call.</returns>
    internal ReadOnlySpan<char> Decode(ReadOnlySpan<byte> utf8)
    {
        // A byte is at most one character.
        if (_chars.Length < utf8.Length)
        {
            _chars = new char[Math.Max(utf8.Length, _chars.Length * 2)];
        }

        return _chars.AsSpan(0, Encoding.UTF8.GetChars(utf8, _chars));
    }
}
