using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace CloudObserve.Logs.Capture;

/// <summary>Captures values by type.</summary>
/// <remarks>Values that can change after the call, or whose type is the application's, are converted to text at the call.</remarks>
internal static class ValueCapture
{
    /// <summary>The flag of a value's tag that says that the text shown in the message follows the value.</summary>
    internal const byte WithShownText = 0x80;

    private const int ShortText = 256;

    // Reading the clock costs about as much as capturing one item.
    private const int ItemsPerLook = 4;

    private static ReadOnlySpan<byte> Ellipsis => "\u2026"u8;

    /// <summary>Writes a value.</summary>
    /// <remarks>A value that throws becomes a marker, and a value without space an ellipsis.</remarks>
    /// <param name="writer">The writer of the record.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">The format specifier of the placeholder, which may be specific to the value's type.</param>
    internal static void Write(RecordWriter writer, object? value, string? format)
    {
        if (writer.IsFull)
        {
            WriteCut(writer);
        }
        else if (!TryWriteKnown(writer, value))
        {
            WriteForeign(writer, value!, format);
        }
    }

    /// <summary>Writes the marker of a value that threw.</summary>
    internal static void WriteFailed(RecordWriter writer, Exception exception)
    {
        writer.Write(ValueTag.Text);
        writer.WriteText(writer.Failed(exception));
    }

    private static void WriteCut(RecordWriter writer)
    {
        writer.Header.Truncated = true;
        writer.Write(ValueTag.Text);
        writer.Write(Ellipsis.Length);
        writer.Write(Ellipsis);
    }

    // Any exception: the value is the application's and may throw exceptions of any type.
    private static void WriteForeign(RecordWriter writer, object value, string? format)
    {
        if (writer.HasFailedTooOften)
        {
            WriteCut(writer);
            return;
        }

        int start = writer.Position;
        try
        {
            // A deep recursion in ToString that exhausts the stack ends the process. This check turns it into an exception.
            RuntimeHelpers.EnsureSufficientExecutionStack();

            // In this order, because the standard formatter treats a value that is both as a list.
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
                WriteAsText(writer, value);
            }
        }
        catch (Exception exception)
        {
            writer.CutTo(start);
            WriteFailed(writer, exception);
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
        int start = writer.Position;
        writer.Write(ValueTag.List);
        writer.Write(0);
        writer.Write(0);
        RecordWriter.Room outer = writer.EnterList();
        int count = 0;
        int faults = 0;
        int end = writer.Position;
        Exception? fault = null;
        try
        {
            foreach (object? item in items)
            {
                // This also ends an infinite sequence.
                if (writer.IsFull || faults == RecordWriter.MaxFaultsOfList || (count % ItemsPerLook == 0 && writer.IsLate()))
                {
                    WriteCut(writer);
                    count++;
                    end = writer.Position;
                    break;
                }

                faults += TryWriteItem(writer, item) ? 0 : 1;
                count++;
                end = writer.Position;
            }
        }
        catch (Exception exception)
        {
            // Any exception, from the application's own enumerator. The items before it are kept.
            fault = exception;
        }

        writer.LeaveList(outer);
        EndItems(writer, start, end, count, fault);
    }

    private static void EndItems(RecordWriter writer, int start, int end, int count, Exception? exception)
    {
        if (exception is not null)
        {
            writer.CutTo(count == 0 ? start : end);
            WriteFailed(writer, exception);
            count++;
            if (count == 1)
            {
                return;
            }
        }

        writer.Patch(start + 1, writer.Position - start - 1);
        writer.Patch(start + 1 + sizeof(int), count);
    }

    // Returns true if the item was written, and false if its marker was.
    private static bool TryWriteItem(RecordWriter writer, object? item)
    {
        if (TryWriteKnown(writer, item))
        {
            return true;
        }

        int start = writer.Position;
        try
        {
            WriteAsText(writer, item!);
            return true;
        }
        catch (Exception exception)
        {
            // Any exception: the item is the application's.
            writer.CutTo(start);
            WriteFailed(writer, exception);
            return false;
        }
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
        if (value is ISpanFormattable spanFormattable
            && spanFormattable.TryFormat(text, out int written, format, CultureInfo.InvariantCulture))
        {
            writer.WriteText(text[..written]);
        }
        else
        {
            writer.WriteText(value.ToString(format, CultureInfo.InvariantCulture));
        }
    }
}
