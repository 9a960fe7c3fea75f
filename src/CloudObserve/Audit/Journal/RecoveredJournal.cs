using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Journal;

/// <summary>Represents the state in which a journal was found, and the line at which it continues.</summary>
/// <param name="Head">The line after which the chain continues.</param>
/// <param name="Found">The newest existing line.</param>
/// <param name="CutBytes">The number of bytes of unacknowledged lines that were removed.</param>
/// <param name="DamagedFile">The copy of a journal with changed records, or <see langword="null"/>.</param>
/// <param name="DamageAfter">The number of the last record before the first changed one.</param>
/// <param name="HeadDigest">The hash of the newest digest according to the head; <see langword="null"/> if the head names none.</param>
internal sealed record RecoveredJournal(
    TrailHead Head, TrailHead Found, long CutBytes, string? DamagedFile, long DamageAfter, RecordHash? HeadDigest)
{
    /// <summary>Gets the heads that belong to no journal in the directory and were moved away.</summary>
    internal IReadOnlyList<ForeignHead> ForeignHeads { get; init; } = [];

    /// <summary>Gets the identity in the head; <see langword="null"/> if the head has none.</summary>
    internal TrailIdentity? Identity { get; init; }

    /// <summary>Gets the number of acknowledged records that are missing at the end.</summary>
    internal long MissingRecords => Math.Max(0, Head.Sequence - Found.Sequence);
}
