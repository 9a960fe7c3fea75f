namespace CloudObserve.Pipeline.Buffering;

/// <summary>Space in a <see cref="ByteRing"/> that belongs to one writer until it publishes or abandons it, which it must, once.</summary>
/// <remarks>A ref struct: it cannot outlive the call that made it, so it is not forgotten in a field while the reader waits for it.</remarks>
internal readonly ref struct RingClaim
{
    internal RingClaim(Span<byte> span, long position)
    {
        Span = span;
        Position = position;
    }

    /// <summary>Gets the bytes to write: contiguous, exactly as many as were asked for. What they hold before is not defined.</summary>
    internal Span<byte> Span { get; }

    /// <summary>Gets where the record's header lies.</summary>
    internal long Position { get; }

    /// <summary>Gets the position behind the record. Once <see cref="ByteRing.Head"/> has reached it, the record is read and freed.</summary>
    internal long End => Position + RecordHeader.SizeOf(Span.Length);
}
