using System.Collections;
using System.Globalization;

namespace CloudObserve.Logs.Capture;

/// <summary>Captures values by type. What can change after the call, or belongs to the application, is made text at the call.</summary>
internal static class ValueCapture
{
    /// <summary>Says on a value's tag that the text its place in the message shows follows the value.</summary>
    internal const byte WithShownText = 0x80;

    private const int ShortText = 256;

    /// <summary>Writes a named value.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">The format specifier of its place in the message, which only the value itself may know how to apply.</param>
    internal static void Write(RecordWriter writer, object? value, string? format)
    {
        if (TryWriteKnown(writer, value))
        {
            return;
        }

        // In this order, because the standard formatter makes a list of what is both.
        if (value is IEnumerable items)
        {
            WriteItems(writer, items);
        }
        else if (value is IFormattable formattable && format is not null)
        {
            writer.Write((ValueTag)((byte)ValueTag.Text | WithShownText));
            WriteFormatted(writer, formattable, null);
            WriteFormatted(writer, formattable, format);
        }
        else
        {
            WriteAsText(writer, value!);
        }
    }

    private static bool TryWriteKnown(RecordWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.Write(ValueTag.Null); return true;
            case string text: writer.Write(ValueTag.Text); writer.WriteText(text); return true;
            case int number: writer.Write(ValueTag.Int32, number); return true;
            case long number: writer.Write(ValueTag.Int64, number); return true;
            case double number: writer.Write(ValueTag.Double, number); return true;
            case bool truth: writer.Write(truth ? ValueTag.True : ValueTag.False); return true;
            case decimal number: writer.Write(ValueTag.Decimal, number); return true;
            case Guid guid: writer.Write(ValueTag.Guid, guid); return true;
            case TimeSpan span: writer.Write(ValueTag.TimeSpan, span); return true;
            case DateTimeOffset time: writer.Write(ValueTag.DateTimeOffset, time); return true;
            case DateTime time: writer.Write(ValueTag.DateTime, time); return true;
            case float number: writer.Write(ValueTag.Single, number); return true;
            case char character: writer.Write(ValueTag.Text); writer.WriteText(new ReadOnlySpan<char>(in character)); return true;
            case uint number: writer.Write(ValueTag.UInt32, number); return true;
            case ulong number: writer.Write(ValueTag.UInt64, number); return true;
            case short number: writer.Write(ValueTag.Int16, number); return true;
            case ushort number: writer.Write(ValueTag.UInt16, number); return true;
            case byte number: writer.Write(ValueTag.Byte, number); return true;
            case sbyte number: writer.Write(ValueTag.SByte, number); return true;
            default: return false;
        }
    }

    private static void WriteItems(RecordWriter writer, IEnumerable items)
    {
        writer.Write(ValueTag.List);
        int start = writer.Position;
        writer.Write(0);
        writer.Write(0);
        int count = 0;
        foreach (object? item in items)
        {
            if (writer.IsFull)
            {
                // Also what ends an enumeration without an end.
                writer.Header.Truncated = true;
                break;
            }

            if (!TryWriteKnown(writer, item))
            {
                WriteAsText(writer, item!);
            }

            count++;
        }

        writer.Patch(start, writer.Position - start);
        writer.Patch(start + sizeof(int), count);
    }

    private static void WriteAsText(RecordWriter writer, object value)
    {
        writer.Write(ValueTag.Text);
        if (value is IFormattable formattable)
        {
            WriteFormatted(writer, formattable, null);
        }
        else
        {
            writer.WriteText(value.ToString());
        }
    }

    private static void WriteFormatted(RecordWriter writer, IFormattable value, string? format)
    {
        Span<char> text = stackalloc char[ShortText];
        if (value is ISpanFormattable spanFormattable && spanFormattable.TryFormat(text, out int written, format, CultureInfo.InvariantCulture))
        {
            writer.WriteText(text[..written]);
        }
        else
        {
            writer.WriteText(value.ToString(format, CultureInfo.InvariantCulture));
        }
    }
}
