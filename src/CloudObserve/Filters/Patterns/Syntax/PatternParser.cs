using System.Text;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Parses a pattern of any kind.</summary>
internal static class PatternParser
{
    private const string Unclosed = "If a filter pattern starts with '[' it must end with ']'";

    internal static PatternSyntax? Parse(string text, out FilterPatternError? error)
    {
        PatternCursor cursor = new(text);
        PatternSyntax? syntax = IsReadable(cursor) ? Dispatch(cursor) : null;

        // CloudWatch Logs looks for the closing bracket before it reads the fields.
        error = IsUnclosed(text) && cursor.Error is { } fault ? fault with { ServiceMessage = Unclosed } : cursor.Error;
        return error is null ? syntax : null;
    }

    private static bool IsUnclosed(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        return trimmed.StartsWith("[") && !trimmed.EndsWith("]");
    }

    private static bool IsReadable(PatternCursor cursor)
    {
        if (cursor.Text.Length > FilterPatternLimits.MaxLength)
        {
            return cursor.Fail($"a pattern may have {FilterPatternLimits.MaxLength} characters only", FilterPatternLimits.MaxLength);
        }

        ReadOnlySpan<char> rest = cursor.Text;
        while (Rune.DecodeFromUtf16(rest, out _, out int consumed) == System.Buffers.OperationStatus.Done)
        {
            rest = rest[consumed..];
        }

        return rest.IsEmpty || cursor.Fail("half of a surrogate pair is not a character", cursor.Text.Length - rest.Length);
    }

    private static PatternSyntax? Dispatch(PatternCursor cursor)
    {
        cursor.SkipBlanks();
        PatternSyntax? syntax = cursor.Current switch
        {
            '{' => new JsonParser(cursor).Parse(),
            '[' => new FieldsParser(cursor).Parse(),
            _ => new TermsParser(cursor).Parse(),
        };
        cursor.SkipBlanks();
        if (syntax is null or TermsSyntax || cursor.AtEnd)
        {
            return syntax;
        }

        cursor.Fail($"expected the end of the pattern, but found {cursor.Found()}");
        return null;
    }
}
