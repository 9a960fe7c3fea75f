using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CloudObserve.Logs.Capture;

/// <summary>Reads the records that <see cref="RecordWriter"/> writes.</summary>
internal static class LogRecordReader
{
    internal const int TraceIdLength = 32;
    internal const int SpanIdLength = 16;

    internal static T Read<T>(ReadOnlySpan<byte> bytes, scoped ref int position)
        where T : unmanaged
    {
        T value = MemoryMarshal.Read<T>(bytes[position..]);
        position += Unsafe.SizeOf<T>();
        return value;
    }

    internal static ReadOnlySpan<byte> ReadText(ReadOnlySpan<byte> bytes, scoped ref int position)
    {
        int length = Read<int>(bytes, ref position);
        ReadOnlySpan<byte> text = bytes.Slice(position, length);
        position += length;
        return text;
    }

    /// <summary>Returns the UTF-8 bytes of a text reference.</summary>
    internal static ReadOnlySpan<byte> Utf8Of(int reference, ReadOnlySpan<byte> record, InternTable texts)
    {
        int position = -reference;
        return reference switch
        {
            0 => default,
            > 0 => texts[reference].Utf8,
            _ => ReadText(record, ref position),
        };
    }

    /// <summary>Returns the string of a text reference.</summary>
    /// <remarks>If the text is not in the table, a new string is allocated.</remarks>
    internal static string? StringOf(int reference, ReadOnlySpan<byte> record, InternTable texts) => reference switch
    {
        0 => null,
        > 0 => texts[reference].Text,
        _ => Encoding.UTF8.GetString(Utf8Of(reference, record, texts)),
    };

    /// <summary>Skips a block of values, which begins with its length.</summary>
    internal static void SkipValues(ReadOnlySpan<byte> bytes, scoped ref int position) =>
        position += MemoryMarshal.Read<int>(bytes[position..]);

    /// <summary>Skips a value.</summary>
    internal static void SkipValue(ReadOnlySpan<byte> bytes, scoped ref int position)
    {
        ValueTag tag = (ValueTag)bytes[position++];
        bool shown = ((byte)tag & ValueCapture.WithShownText) != 0;
        tag = (ValueTag)((byte)tag & ~ValueCapture.WithShownText);
        position += tag switch
        {
            ValueTag.Text => sizeof(int) + MemoryMarshal.Read<int>(bytes[position..]),
            ValueTag.List => MemoryMarshal.Read<int>(bytes[position..]),
            _ => SizeOf(tag),
        };
        if (shown)
        {
            _ = ReadText(bytes, ref position);
        }
    }

    private static int SizeOf(ValueTag tag) => tag switch
    {
        ValueTag.SByte or ValueTag.Byte => 1,
        ValueTag.Int16 or ValueTag.UInt16 => 2,
        ValueTag.Int32 or ValueTag.UInt32 or ValueTag.Single => 4,
        ValueTag.Int64 or ValueTag.UInt64 or ValueTag.Double => 8,
        ValueTag.Decimal => Unsafe.SizeOf<decimal>(),
        ValueTag.DateTime => Unsafe.SizeOf<DateTime>(),
        ValueTag.DateTimeOffset => Unsafe.SizeOf<DateTimeOffset>(),
        ValueTag.TimeSpan => Unsafe.SizeOf<TimeSpan>(),
        ValueTag.Guid => Unsafe.SizeOf<Guid>(),
        _ => 0,
    };
}
