using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Journal;

/// <summary>How a journal was found, and where it goes on.</summary>
/// <param name="Head">The line after which the chain goes on.</param>
/// <param name="Found">The newest line that is there.</param>
/// <param name="CutBytes">How many bytes of lines that had never been acknowledged were cut off.</param>
/// <param name="DamagedFile">Where a journal with changed records was kept, if there was one.</param>
/// <param name="DamageAfter">The number of the last record before the first changed one.</param>
/// <param name="HeadDigest">The hash of the digest that the head names as the newest; <see langword="null"/> when it names none.</param>
internal sealed record RecoveredJournal(TrailHead Head, TrailHead Found, long CutBytes, string? DamagedFile, long DamageAfter, RecordHash? HeadDigest)
{
    /// <summary>Gets how many acknowledged records are missing at the end.</summary>
    internal long MissingRecords => Math.Max(0, Head.Sequence - Found.Sequence);
}
