namespace CloudObserve.Pipeline.Buffering;

/// <summary>The word before each record of a <see cref="ByteRing"/>: the kind of the record and its length.</summary>
/// <remarks>Zero means not published. A published header is never zero, not even that of an empty record.</remarks>
internal readonly record struct RecordHeader(long Word)
{
    /// <summary>The number of bytes of a header. Headers, and therefore records, begin at multiples of it.</summary>
    internal const int Size = sizeof(long);

    private const long RecordMark = 1L << 32;
    private const long SkipMark = 2L << 32;

    internal bool IsPublished => Word != 0;

    internal bool IsSkip => (Word & SkipMark) != 0;

    /// <summary>Gets the number of bytes that follow the header.</summary>
    internal int Length => (int)Word;

    internal static RecordHeader Record(int length) => new(RecordMark | (uint)length);

    /// <summary>Creates a header for bytes that the reader skips: the end of the ring, or an abandoned record.</summary>
    internal static RecordHeader Skip(int length) => new(SkipMark | (uint)length);

    /// <summary>Returns the number of bytes that a record of the given length takes in the ring, including its header.</summary>
    internal static int SizeOf(int length) => (length + Size + Size - 1) & -Size;
}
