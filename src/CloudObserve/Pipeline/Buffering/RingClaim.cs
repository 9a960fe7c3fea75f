namespace CloudObserve.Pipeline.Buffering;

/// <summary>Space in a <see cref="ByteRing"/> that belongs to one writer until it publishes or abandons it.</summary>
/// <remarks>
/// The writer must do one of the two, exactly once. A ref struct cannot outlive the call that created it, so a claim cannot be left in a
/// field while the reader waits for it.
/// </remarks>
internal readonly ref struct RingClaim
{
    internal RingClaim(Span<byte> span, long position)
    {
        Span = span;
        Position = position;
    }

    /// <summary>Gets the bytes to write: contiguous, with exactly the requested length. Their initial content is undefined.</summary>
    internal Span<byte> Span { get; }

    /// <summary>Gets the position of the record's header.</summary>
    internal long Position { get; }

    /// <summary>
    /// Gets the position after the record. Once <see cref="ByteRing.Head"/> has reached it, the record is read and freed.
    /// </summary>
    internal long End => Position + RecordHeader.SizeOf(Span.Length);
}
