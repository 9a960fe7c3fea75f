using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs.Formatting;

/// <summary>Puts captured values into their template, with the result the standard formatter would have had at the call.</summary>
internal static class MessageRenderer
{
    internal static void Append(Utf8Buffer output, MessageTemplate template, LogValues values)
    {
        output.Append(template.LiteralBefore);
        int place = 0;
        foreach (LogValue value in values)
        {
            TemplateHole hole = template.Holes[place++];
            int start = output.Length;
            AppendValue(output, in value, hole.Format);
            if (hole.Alignment != 0)
            {
                output.Pad(start, hole.Alignment);
            }

            output.Append(hole.LiteralAfter);
        }
    }

    private static void AppendValue(Utf8Buffer output, in LogValue value, string? format)
    {
        if (value.TryGetShownText(out ReadOnlySpan<byte> shown))
        {
            output.Append(shown);
        }
        else if (format is null)
        {
            ValueText.Append(output, in value, null);
        }
        else
        {
            AppendFormatted(output, in value, format);
        }
    }

    private static void AppendFormatted(Utf8Buffer output, in LogValue value, string format)
    {
        int start = output.Length;
        try
        {
            ValueText.Append(output, in value, format);
        }
        catch (FormatException)
        {
            // A specifier the type does not know. The standard formatter would throw; the event is worth more than the specifier.
            output.CutTo(start);
            ValueText.Append(output, in value, null);
        }
    }
}
