namespace CloudObserve.Pipeline.Buffering;

/// <summary>The word in front of each record of a <see cref="ByteRing"/>: what follows, and how many bytes of it.</summary>
/// <remarks>Zero means not published yet; a published header is never zero, also that of an empty record.</remarks>
internal readonly record struct RecordHeader(long Word)
{
    /// <summary>How many bytes a header takes. Headers, and so records, begin at multiples of it.</summary>
    internal const int Size = sizeof(long);

    private const long RecordMark = 1L << 32;
    private const long SkipMark = 2L << 32;

    internal bool IsPublished => Word != 0;

    internal bool IsSkip => (Word & SkipMark) != 0;

    /// <summary>Gets how many bytes follow the header.</summary>
    internal int Length => (int)Word;

    internal static RecordHeader Record(int length) => new(RecordMark | (uint)length);

    /// <summary>Bytes that the reader passes over: the end of the ring, or what a writer gave up.</summary>
    internal static RecordHeader Skip(int length) => new(SkipMark | (uint)length);

    /// <summary>How much of the ring a record of that length takes, its header included.</summary>
    internal static int SizeOf(int length) => (length + Size + Size - 1) & -Size;
}
