using System.Buffers;
using System.Numerics;

namespace CloudObserve.Logs.Redaction;

/// <summary>How a quote is written in a text: plainly, or escaped because the JSON it belongs to is itself inside a JSON string, at any depth.</summary>
/// <remarks>
/// A plain quote that is put into <c>k</c> strings has 2^k - 1 backslashes. An encoder that writes <c>\u0022</c> makes the quote's own backslash a
/// part of the escape; from then on each further string doubles the backslashes. The number of backslashes therefore tells the depth.
/// </remarks>
/// <param name="Backslashes">How many backslashes belong to it.</param>
/// <param name="AsUnicode">Whether it ends in <c>u0022</c>, which the default encoder of System.Text.Json writes, and not in a quote.</param>
/// <param name="Exists">Whether there is one at all.</param>
internal readonly record struct QuoteToken(int Backslashes, bool AsUnicode, bool Exists)
{
    private const int MaxBackslashes = 1 << 16;

    /// <summary>Gets the quote of JSON that is not inside a string.</summary>
    internal static QuoteToken Plain => new(0, false, true);

    /// <summary>Gets how many bytes it has.</summary>
    internal int Length => Backslashes + (AsUnicode ? Unicode.Length : 1);

    /// <summary>Gets into how many strings the JSON is nested.</summary>
    internal int Depth
    {
        get
        {
            int doublings = AsUnicode ? BitOperations.TrailingZeroCount(Backslashes) : 0;
            return doublings + TrailingOnes(Backslashes >> doublings);
        }
    }

    private static ReadOnlySpan<byte> Unicode => "u0022"u8;

    /// <summary>Reads the quote that begins a text.</summary>
    internal static QuoteToken Read(ReadOnlySpan<byte> text)
    {
        int run = text.IndexOfAnyExcept((byte)'\\');
        QuoteToken token = run < 0 ? default : BehindRun(text[run..], run);
        return token.Exists && token.Backslashes == run ? token : default;
    }

    /// <summary>Reads the quote behind a run of backslashes. Those of the run that do not belong to it are whole escapes before it.</summary>
    internal static QuoteToken BehindRun(ReadOnlySpan<byte> behind, int run)
    {
        if (behind.IsEmpty || run > MaxBackslashes)
        {
            return default;
        }

        if (behind[0] == '"')
        {
            return new QuoteToken((1 << TrailingOnes(run)) - 1, false, true);
        }

        if (run == 0 || !behind.StartsWith(Unicode))
        {
            return default;
        }

        int doublings = BitOperations.TrailingZeroCount(run);
        return new QuoteToken(((1 << TrailingOnes(run >> doublings)) - 1) << doublings, true, true);
    }

    /// <summary>Finds where a string that this quote opens ends. The quotes of the strings around it end it too, so that a mistake stays inside them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where the string's content begins.</param>
    /// <returns>Where the content ends; the end of the text if nothing closes it.</returns>
    internal int EndOfString(ReadOnlySpan<byte> text, int from)
    {
        int depth = Depth;
        int at = from;
        while (NextRun(text, at, out int run) is { Exists: true } token)
        {
            if (token.Depth <= depth)
            {
                return run - token.Backslashes;
            }

            at = run + (token.Length - token.Backslashes);
        }

        return text.Length;
    }

    /// <summary>Writes it.</summary>
    internal void Write(IBufferWriter<byte> output)
    {
        Span<byte> target = output.GetSpan(Length);
        target[..Backslashes].Fill((byte)'\\');
        (AsUnicode ? Unicode : "\""u8).CopyTo(target[Backslashes..]);
        output.Advance(Length);
    }

    private static int TrailingOnes(int value) => BitOperations.TrailingZeroCount(~value);

    // Finds the next quote of any form, and where the backslashes before it end.
    private static QuoteToken NextRun(ReadOnlySpan<byte> text, int at, out int runEnd)
    {
        runEnd = text.Length;
        while (at < text.Length)
        {
            int next = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return default;
            }

            int start = at + next;
            int length = text[start..].IndexOfAnyExcept((byte)'\\');
            if (length < 0)
            {
                return default;
            }

            runEnd = start + length;
            QuoteToken token = BehindRun(text[runEnd..], length);
            if (token.Exists)
            {
                return token;
            }

            at = runEnd + 1;
        }

        return default;
    }
}
