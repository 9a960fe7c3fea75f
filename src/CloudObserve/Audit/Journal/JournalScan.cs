using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Journal;

/// <summary>Represents the state of a journal's file.</summary>
/// <param name="Good">The last line of the unbroken chain from the beginning; the given line if there is none.</param>
/// <param name="GoodLength">The size of the unbroken chain in bytes.</param>
/// <param name="Length">The size of the file in bytes, without the preallocated space.</param>
/// <param name="Last">The line with the highest number, whether the chain is broken or not.</param>
/// <param name="DiffersFromHead">Whether the line with the head's number differs from the head.</param>
internal readonly record struct JournalScan(TrailHead Good, long GoodLength, long Length, TrailHead Last, bool DiffersFromHead)
{
    /// <summary>Gets a value indicating whether the file contains the line that the head names, with the head's hash.</summary>
    internal bool HoldsHead { get; private init; }

    internal bool IsBroken => GoodLength < Length;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="before">
    /// The line before the first one, if it is known. If its number is zero, the first line is accepted as it is.
    /// </param>
    /// <param name="head">The newest acknowledged line.</param>
    internal static JournalScan Of(IAuditFile file, TrailHead before, TrailHead head)
    {
        JournalLines lines = new(file);
        JournalScan scan = new(before, 0, lines.Length, before, false);
        bool isWhole = true;
        while (lines.Read())
        {
            bool hasStamp = lines.IsEnded & TrailStamp.TryRead(lines.Line.Span, out TrailStamp stamp);
            TrailHead line = hasStamp ? new TrailHead(stamp.Sequence, RecordHash.Of(lines.Line.Span)) : default;
            isWhole = isWhole && hasStamp && Follows(stamp, scan.Good);
            scan = scan with
            {
                Good = isWhole ? line : scan.Good,
                GoodLength = isWhole ? lines.End : scan.GoodLength,
                Last = hasStamp && stamp.Sequence >= scan.Last.Sequence ? line : scan.Last,
                DiffersFromHead = scan.DiffersFromHead || (hasStamp && stamp.Sequence == head.Sequence && line.Hash != head.Hash),
                HoldsHead = scan.HoldsHead || (hasStamp && line == head),
            };
        }

        return scan;
    }

    private static bool Follows(TrailStamp stamp, TrailHead before) =>
        before.Sequence == 0 || (stamp.Sequence == before.Sequence + 1 && stamp.PreviousHash == before.Hash);
}
