using CloudObserve.LogEvents.Text;
using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs.Formatting;

/// <summary>Writes values as JSON with their types.</summary>
internal static class ValueJsonWriter
{
    internal static void Append(Utf8Buffer output, in LogValue value)
    {
        switch (value.Tag)
        {
            case ValueTag.Null: output.Append("null"u8); break;
            case ValueTag.Text: JsonEscaper.AppendQuoted(output, value.GetUtf8Text()); break;
            case ValueTag.False: output.Append("false"u8); break;
            case ValueTag.True: output.Append("true"u8); break;
            case ValueTag.Single: AppendNumber(output, value.Read<float>()); break;
            case ValueTag.Double: AppendNumber(output, value.Read<double>()); break;
            case ValueTag.DateTime: AppendQuoted(output, value.Read<DateTime>(), "O"); break;
            case ValueTag.DateTimeOffset: AppendQuoted(output, value.Read<DateTimeOffset>(), "O"); break;
            case ValueTag.TimeSpan: AppendQuoted(output, value.Read<TimeSpan>(), null); break;
            case ValueTag.Guid: AppendQuoted(output, value.Read<Guid>(), null); break;
            case ValueTag.List: AppendItems(output, value.GetItems()); break;

            // The remaining types are integers and decimals, whose text is a JSON number.
            default: ValueText.Append(output, in value, null); break;
        }
    }

    internal static void AppendName(Utf8Buffer output, in LogValue value)
    {
        InternedString.AppendQuoted(output, value.InternedName, value.Utf8Name);
        output.Append((byte)':');
    }

    // JSON has no representation of NaN and infinity.
    private static void AppendNumber(Utf8Buffer output, double value)
    {
        if (double.IsNaN(value))
        {
            output.Append("\"NaN\""u8);
        }
        else if (double.IsInfinity(value))
        {
            output.Append(value > 0 ? "\"Infinity\""u8 : "\"-Infinity\""u8);
        }
        else
        {
            output.Append(value);
        }
    }

    private static void AppendNumber(Utf8Buffer output, float value)
    {
        // The shortest text of the float itself: as a double, 0.1f would be written as 0.10000000149011612.
        if (float.IsFinite(value))
        {
            output.Append(value);
        }
        else
        {
            AppendNumber(output, (double)value);
        }
    }

    private static void AppendQuoted<T>(Utf8Buffer output, T value, string? format)
        where T : IUtf8SpanFormattable
    {
        output.Append((byte)'"');
        output.Append(value, format);
        output.Append((byte)'"');
    }

    private static void AppendItems(Utf8Buffer output, LogValues items)
    {
        output.Append((byte)'[');
        bool first = true;
        foreach (LogValue item in items)
        {
            output.Append(first ? ""u8 : ","u8);
            Append(output, in item);
            first = false;
        }

        output.Append((byte)']');
    }
}
