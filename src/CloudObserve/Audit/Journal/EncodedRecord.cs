using System.Buffers;

namespace CloudObserve.Audit.Journal;

/// <summary>A record's bytes in pooled memory, with a place for the stamp that only the journal can give.</summary>
/// <param name="Buffer">The memory. Whoever takes the record returns it.</param>
/// <param name="Length">How many bytes the record has without its stamp.</param>
/// <param name="StampAt">Where the stamp goes: right behind the brace that opens <c>additionalEventData</c>.</param>
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
