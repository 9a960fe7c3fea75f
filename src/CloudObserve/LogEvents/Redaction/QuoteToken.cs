using System.Buffers;
using System.Numerics;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>
/// Represents the form of a quotation mark in a text: plain, or escaped because its JSON is nested in JSON strings, at any depth.
/// </summary>
/// <remarks>
/// A plain quotation mark that is nested in <c>k</c> strings has 2^k - 1 backslashes. An encoder that writes <c>\u0022</c> makes the
/// quotation mark's own backslash a part of the escape; each further level then doubles the backslashes. So the number of backslashes
/// determines the depth.
/// </remarks>
/// <param name="Backslashes">The number of backslashes that belong to it.</param>
/// <param name="AsUnicode">
/// Whether it ends with <c>u0022</c>, which the default encoder of System.Text.Json writes, instead of a quotation mark.
/// </param>
/// <param name="Exists">Whether there is a quotation mark.</param>
internal readonly record struct QuoteToken(int Backslashes, bool AsUnicode, bool Exists)
{
    private const int MaxBackslashes = 1 << 16;

    /// <summary>Gets the quotation mark of JSON that is not nested in a string.</summary>
    internal static QuoteToken Plain => new(0, false, true);

    /// <summary>Gets the number of its bytes.</summary>
    internal int Length => Backslashes + (AsUnicode ? Unicode.Length : 1);

    /// <summary>Gets the number of strings in which the JSON is nested.</summary>
    internal int Depth
    {
        get
        {
            int doublings = AsUnicode ? BitOperations.TrailingZeroCount(Backslashes) : 0;
            return doublings + TrailingOnes(Backslashes >> doublings);
        }
    }

    private static ReadOnlySpan<byte> Unicode => "u0022"u8;

    /// <summary>Reads the quotation mark at the beginning of a text.</summary>
    internal static QuoteToken Read(ReadOnlySpan<byte> text)
    {
        int run = text.IndexOfAnyExcept((byte)'\\');
        QuoteToken token = run < 0 ? default : BehindRun(text[run..], run);
        return token.Exists && token.Backslashes == run ? token : default;
    }

    /// <summary>Reads the quotation mark after a run of backslashes.</summary>
    /// <remarks>Backslashes of the run that do not belong to it are complete escapes before it.</remarks>
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

    /// <summary>Finds the end of the string that this quotation mark opens.</summary>
    /// <remarks>Quotation marks of enclosing strings end it too, so that an error stays inside them.</remarks>
    /// <param name="text">The text.</param>
    /// <param name="from">The index at which the content of the string begins.</param>
    /// <returns>The index at which the content ends; the end of the text if the string is not closed.</returns>
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

    /// <summary>Writes the quotation mark.</summary>
    internal void Write(IBufferWriter<byte> output)
    {
        Span<byte> target = output.GetSpan(Length);
        target[..Backslashes].Fill((byte)'\\');
        (AsUnicode ? Unicode : "\""u8).CopyTo(target[Backslashes..]);
        output.Advance(Length);
    }

    private static int TrailingOnes(int value) => BitOperations.TrailingZeroCount(~value);

    // Finds the next quotation mark of any form, and the end of the backslashes before it.
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
