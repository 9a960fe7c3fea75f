using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CloudObserve.Sinks.Local.Segments;

/// <summary>The bytes of a segment: a signature, then records until the end of the file.</summary>
/// <remarks>
/// <code>
/// segment   "CWKEPT1\n" · records
/// record    4 bytes: length of the content · 4 bytes: CRC-32C of the content · 4 bytes: CRC-32C of these eight bytes · content
/// content   1 byte: length of the operation · 8 bytes: time · 8 bytes: retention time, both in UTC ticks
///           16 bytes: id of the copy · 4 bytes: first item · 4 bytes: items · the operation in ASCII · the wire body
/// </code>
/// Numbers are little-endian. The head of a record has a checksum of its own, so that a wrong length is not taken for a record that was
/// cut by a crash.
/// </remarks>
internal static class SegmentFormat
{
    /// <summary>The length of a record's head, in bytes.</summary>
    internal const int HeadBytes = 12;

    /// <summary>The maximum length of a record, in bytes. A request of the services is far shorter.</summary>
    internal const int MaxRecordBytes = 16 * 1024 * 1024;

    /// <summary>The maximum length of a segment, in bytes. A longer file was not written by this class, and is not read.</summary>
    internal const int MaxSegmentBytes = 2 * MaxRecordBytes;

    private const int TimeOffset = 1;
    private const int RetentionTimeOffset = 9;
    private const int IdOffset = 17;
    private const int FirstOffset = 33;
    private const int CountOffset = 37;
    private const int FixedBytes = 41;
    private const int MaxOperationLength = byte.MaxValue;

    internal static ReadOnlySpan<byte> Signature => "CWKEPT1\n"u8;

    /// <summary>Returns the length of a whole record, in bytes.</summary>
    internal static long LengthOf(string operation, int bodyLength) => HeadBytes + FixedBytes + (long)operation.Length + bodyLength;

    /// <summary>Writes a record but for its checksums.</summary>
    /// <param name="target">Exactly the bytes of the record.</param>
    /// <param name="record">The record.</param>
    internal static void Write(Span<byte> target, KeptRecord record)
    {
        Span<byte> content = target[HeadBytes..];
        content[0] = (byte)record.Operation.Length;
        BinaryPrimitives.WriteInt64LittleEndian(content[TimeOffset..], record.Arrival.Time.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(content[RetentionTimeOffset..], record.Arrival.RetentionTime.UtcTicks);
        _ = record.Items.CopyId.TryWriteBytes(content[IdOffset..]);
        BinaryPrimitives.WriteInt32LittleEndian(content[FirstOffset..], record.Items.First);
        BinaryPrimitives.WriteInt32LittleEndian(content[CountOffset..], record.Items.Count);
        _ = Encoding.ASCII.GetBytes(record.Operation, content[FixedBytes..]);
        record.Body.CopyTo(content[(FixedBytes + record.Operation.Length)..]);
    }

    /// <summary>Writes the head of a record, with the checksums.</summary>
    internal static void Seal(Span<byte> record)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length - HeadBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Crc32C.Of(record[HeadBytes..]));
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], Crc32C.Of(record[..8]));
    }

    /// <summary>Reads the head of a record.</summary>
    /// <param name="head">The bytes of the head.</param>
    /// <param name="contentLength">The length of the content, in bytes.</param>
    /// <returns><see langword="false"/> if the head is damaged.</returns>
    internal static bool TryReadHead(ReadOnlySpan<byte> head, out int contentLength)
    {
        contentLength = BinaryPrimitives.ReadInt32LittleEndian(head);
        return BinaryPrimitives.ReadUInt32LittleEndian(head[8..]) == Crc32C.Of(head[..8])
            && contentLength is >= FixedBytes and <= MaxRecordBytes - HeadBytes;
    }

    /// <summary>Reads a record whose head is known.</summary>
    /// <param name="bytes">Exactly the bytes of the record.</param>
    /// <param name="record">The record. Its body is a part of <paramref name="bytes"/>.</param>
    /// <param name="fault">The description of the fault.</param>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out KeptRecord record, [NotNullWhen(false)] out string? fault)
    {
        record = default;
        ReadOnlySpan<byte> content = bytes[HeadBytes..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Crc32C.Of(content))
        {
            fault = "The checksum of a record does not match its content.";
            return false;
        }

        // What has the right checksum may have been written by somebody else all the same.
        int operationLength = content[0];
        int first = BinaryPrimitives.ReadInt32LittleEndian(content[FirstOffset..]);
        int count = BinaryPrimitives.ReadInt32LittleEndian(content[CountOffset..]);
        if (operationLength > content.Length - FixedBytes || first < 0 || count < 0
            || !TryReadTime(content[TimeOffset..], out DateTimeOffset time)
            || !TryReadTime(content[RetentionTimeOffset..], out DateTimeOffset retentionTime))
        {
            fault = "A number in a record is out of range.";
            return false;
        }

        record = new KeptRecord(
            NameOf(content.Slice(FixedBytes, operationLength)),
            new Arrival(time, retentionTime, IsReplay: true),
            new CopiedItems(new Guid(content.Slice(IdOffset, 16)), first, count),
            content[(FixedBytes + operationLength)..]);
        fault = null;
        return true;
    }

    /// <summary>Determines whether an operation can be written.</summary>
    internal static bool CanWrite(string operation) => operation.Length is > 0 and <= MaxOperationLength && Ascii.IsValid(operation);

    private static bool TryReadTime(ReadOnlySpan<byte> bytes, out DateTimeOffset time)
    {
        long ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        bool isValid = ticks >= DateTimeOffset.UnixEpoch.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks;
        time = isValid ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isValid;
    }

    // The usual operations need no string of their own for each record.
    private static string NameOf(ReadOnlySpan<byte> operation) =>
        operation.SequenceEqual("PutLogEvents"u8) ? "PutLogEvents"
        : operation.SequenceEqual("PutMetricData"u8) ? "PutMetricData"
        : Encoding.ASCII.GetString(operation);
}
