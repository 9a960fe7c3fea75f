using CloudObserve.LogEvents.Text;
using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs.Formatting;

/// <summary>Renders captured values with their template.</summary>
/// <remarks>The result is the same as that of the standard formatter at the call.</remarks>
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
            // The type does not support the format specifier. The standard formatter would throw; here the value is written without the
            // specifier, so that the event is kept.
            output.CutTo(start);
            ValueText.Append(output, in value, null);
        }
    }
}
