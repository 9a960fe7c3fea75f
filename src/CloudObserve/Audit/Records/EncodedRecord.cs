using System.Buffers;

namespace CloudObserve.Audit.Records;

/// <summary>Represents the bytes of a record in pooled memory, with a place for the stamp, which only the journal can provide.</summary>
/// <param name="Buffer">The memory. The receiver of the record must return it to the pool.</param>
/// <param name="Length">The number of bytes without the stamp.</param>
/// <param name="StampAt">The offset of the stamp: directly after the opening brace of <c>additionalEventData</c>.</param>
internal readonly record struct EncodedRecord(byte[] Buffer, int Length, int StampAt)
{
    internal ReadOnlySpan<byte> BeforeStamp => Buffer.AsSpan(0, StampAt);

    internal ReadOnlySpan<byte> AfterStamp => Buffer.AsSpan(StampAt, Length - StampAt);

    internal void ReturnIfAny()
    {
        if (Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Buffer);
        }
    }
}
