using System.Text;

namespace CloudObserve.Logs.Capture;

/// <summary>Represents a parsed message template, with which the reader renders messages as the standard formatter does.</summary>
/// <remarks>
/// Only the common syntax is parsed: literal text with doubled braces, and placeholders of the form <c>{name,alignment:format}</c>. The
/// standard formatter treats everything else in its own way, so a template that is not <see cref="IsPlain"/> is rendered at the call.
/// </remarks>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class MessageTemplate
{
    // A larger alignment or precision is applied at the call, as without this library, because the reader's memory is limited.
    private const int MaxAlignment = 10_000;
    private const int MaxPrecisionDigits = 3;

    private MessageTemplate(bool isPlain, byte[] literalBefore, TemplateHole[] holes)
    {
        IsPlain = isPlain;
        LiteralBefore = literalBefore;
        Holes = holes;
        HasRepeatedNames = holes.DistinctBy(h => h.Name.Text).Count() < holes.Length;
    }

    /// <summary>Gets whether rendering from captured values gives the same result as the standard formatter.</summary>
    internal bool IsPlain { get; }

    /// <summary>Gets the text before the first placeholder.</summary>
    internal byte[] LiteralBefore { get; }

    /// <summary>Gets the placeholders in order.</summary>
    internal TemplateHole[] Holes { get; }

    /// <summary>Gets whether two placeholders have the same name.</summary>
    internal bool HasRepeatedNames { get; }

    internal static MessageTemplate Parse(string text)
    {
        List<TemplateHole> holes = [];
        StringBuilder literal = new();
        if (!TryReadLiteral(text, 0, literal, out int position))
        {
            return new MessageTemplate(false, [], []);
        }

        byte[] before = Encoding.UTF8.GetBytes(literal.ToString());
        while (position < text.Length)
        {
            int end = text.AsSpan(position).IndexOfAny('{', '}') + position;
            if (end < position || text[end] == '{' || RunLength(text, end) % 2 == 0
                || !TryReadHole(text.AsSpan(position, end - position), holes, out InternedString? name, out int alignment,
                    out string? format)
                || !TryReadLiteral(text, end + 1, literal, out position))
            {
                return new MessageTemplate(false, [], []);
            }

            holes.Add(new TemplateHole(name!, alignment, format, Encoding.UTF8.GetBytes(literal.ToString())));
        }

        return new MessageTemplate(true, before, [.. holes]);
    }

    /// <summary>Reads literal text up to and including the opening brace of a placeholder, or to the end.</summary>
    /// <remarks>Returns false for a closing brace without an opening one.</remarks>
    private static bool TryReadLiteral(string text, int position, StringBuilder literal, out int next)
    {
        literal.Clear();
        while (position < text.Length)
        {
            char c = text[position];
            if (c is not ('{' or '}'))
            {
                literal.Append(c);
                position++;
                continue;
            }

            int run = RunLength(text, position);
            literal.Append(c, run / 2);
            position += run;
            if (run % 2 != 0)
            {
                next = position;

                // An opening brace at the very end starts no placeholder.
                return c == '{' && position < text.Length;
            }
        }

        next = position;
        return true;
    }

    private static int RunLength(string text, int position)
    {
        int end = position;
        while (end < text.Length && text[end] == text[position])
        {
            end++;
        }

        return end - position;
    }

    private static bool TryReadHole(
        ReadOnlySpan<char> hole, List<TemplateHole> holes, out InternedString? name, out int alignment, out string? format)
    {
        name = null;
        alignment = 0;
        format = null;
        int colon = hole.IndexOf(':');
        ReadOnlySpan<char> head = colon < 0 ? hole : hole[..colon];
        int comma = head.IndexOf(',');
        ReadOnlySpan<char> nameText = comma < 0 ? head : head[..comma];
        if (colon >= 0)
        {
            // "{A:}" has an empty format. A type of the application may treat an empty format differently from none.
            if (colon == hole.Length - 1)
            {
                return false;
            }

            format = hole[(colon + 1)..].ToString();
            if (format.Length > MaxPrecisionDigits + 1 && char.IsAsciiLetter(format[0])
                && !format.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }
        }

        if (comma >= 0 && !TryReadAlignment(head[(comma + 1)..], out alignment))
        {
            return false;
        }

        string key = nameText.ToString();
        name = holes.Find(h => h.Name.Text == key)?.Name ?? new InternedString(0, key);
        return true;
    }

    private static bool TryReadAlignment(ReadOnlySpan<char> text, out int alignment)
    {
        text = text.Trim(' ');
        bool negative = text.StartsWith("-");
        alignment = 0;
        foreach (char digit in negative ? text[1..] : text)
        {
            if (!char.IsAsciiDigit(digit) || alignment >= MaxAlignment / 10)
            {
                return false;
            }

            alignment = (alignment * 10) + (digit - '0');
        }

        bool any = text.Length > (negative ? 1 : 0);
        alignment = negative ? -alignment : alignment;
        return any;
    }
}
