using CloudObserve.Audit.Records;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Sealing;

/// <summary>What a keeper works with, and what it must remember between two digests.</summary>
/// <param name="sealer">Makes sealed files.</param>
/// <param name="digests">Writes digests.</param>
/// <param name="retention">Removes old files.</param>
/// <param name="ownRecords">Encodes what the trail records about itself.</param>
/// <param name="notInDigests">Files that no digest names yet.</param>
internal sealed class KeeperParts(
    TrailSealer sealer, DigestWriter digests, TrailRetention retention, OwnRecords ownRecords, List<SealedFile> notInDigests)
{
    internal TrailSealer Sealer => sealer;

    internal DigestWriter Digests => digests;

    internal TrailRetention Retention => retention;

    internal OwnRecords OwnRecords => ownRecords;

    internal List<SealedFile> NotInDigests => notInDigests;

    /// <summary>Gets or sets the newest record that is sealed already.</summary>
    internal required long SealedUpTo { get; set; }

    /// <summary>Gets or sets the newest time that a sealed file has in its name.</summary>
    internal required DateTimeOffset SealedAt { get; set; }

    /// <summary>Gets the time by which old files are removed.</summary>
    internal required RetentionClock Clock { get; init; }

    /// <summary>Gets what throws when the trail is not this process's to write any more.</summary>
    internal required Action Confirm { get; init; }

    /// <summary>Gets the time for the next file's name: never before what is there, even when the clock was set back, because names tell which file is the newest.</summary>
    internal DateTimeOffset TimeOfNext(DateTimeOffset now) => new[] { now, SealedAt, digests.Start }.Max();

    internal void Sealed(SealedFile file, DateTimeOffset at)
    {
        notInDigests.Add(file);
        SealedUpTo = Math.Max(SealedUpTo, file.Records.Newest.Sequence);
        SealedAt = at > SealedAt ? at : SealedAt;
    }
}
