namespace CloudObserve.Logs.Redaction;

/// <summary>How a quote is written in a text: plainly, or escaped because the JSON it belongs to is itself inside a JSON string.</summary>
/// <param name="Nesting">Into how many strings the JSON is nested: 0 is <c>"</c>, 1 is <c>\"</c>, 2 is <c>\\\"</c>.</param>
/// <param name="AsUnicode">Whether it is the form that System.Text.Json prefers for one level, <c>\u0022</c>.</param>
/// <param name="Exists">Whether there is one at all.</param>
internal readonly record struct QuoteToken(int Nesting, bool AsUnicode, bool Exists)
{
    private const int MaxNesting = 3;

    /// <summary>Gets the quote of JSON that is not inside a string.</summary>
    internal static QuoteToken Plain => new(0, false, true);

    private static ReadOnlySpan<byte> Unicode => "\\u0022"u8;

    /// <summary>Gets the bytes it is written in.</summary>
    internal ReadOnlySpan<byte> Bytes => AsUnicode ? Unicode : "\\\\\\\\\\\\\\\""u8[^Width(Nesting)..];

    /// <summary>Reads the quote at the beginning of a text.</summary>
    internal static QuoteToken Read(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(Unicode))
        {
            return new QuoteToken(1, true, true);
        }

        for (int nesting = 0; nesting <= MaxNesting; nesting++)
        {
            QuoteToken token = new(nesting, false, true);
            if (text.StartsWith(token.Bytes))
            {
                return token;
            }
        }

        return default;
    }

    /// <summary>Finds where a string that this quote opens ends. The quotes of the strings around it end it too, so that a mistake stays inside them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where the string's content begins.</param>
    /// <returns>Where the content ends; the end of the text if nothing closes it.</returns>
    internal int EndOfString(ReadOnlySpan<byte> text, int from)
    {
        int at = from;
        while (at < text.Length)
        {
            int next = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                break;
            }

            int run = at + next;
            at = run;
            while (at < text.Length && text[at] == '\\')
            {
                at++;
            }

            if (Closing(text[at..], at - run) is { } width)
            {
                return at - width;
            }

            at++;
        }

        return text.Length;
    }

    // Bytes of the token at this nesting: every level doubles the backslashes and adds one for the quote itself.
    private static int Width(int nesting) => 1 << nesting;

    // How many of a run of backslashes belong to the quote behind it, if that closes the string: what is left of the run must be whole escapes.
    private int? Closing(ReadOnlySpan<byte> behind, int backslashes)
    {
        if (AsUnicode && behind.StartsWith(Unicode[1..]) && backslashes % 4 == 1)
        {
            return 1;
        }

        if (behind.IsEmpty || behind[0] != '"')
        {
            return null;
        }

        int deepest = AsUnicode ? 0 : Nesting;
        for (int nesting = deepest; nesting >= 0; nesting--)
        {
            if (backslashes % Width(nesting + 1) == Width(nesting) - 1)
            {
                return Width(nesting) - 1;
            }
        }

        return null;
    }
}
