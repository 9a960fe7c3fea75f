using CloudObserve.Audit.Records;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Sealing;

/// <summary>Holds the parts of a <see cref="TrailMaintenance"/>, and its state between two digests.</summary>
/// <param name="sealer">Seals records into files.</param>
/// <param name="digests">Writes digests.</param>
/// <param name="retention">Removes old files.</param>
/// <param name="ownRecords">Encodes the trail's records about itself.</param>
/// <param name="notInDigests">The files that no digest lists yet.</param>
internal sealed class SealingState(
    TrailSealer sealer, DigestWriter digests, TrailRetention retention, OwnRecords ownRecords, List<SealedFile> notInDigests)
{
    internal TrailSealer Sealer => sealer;

    internal DigestWriter Digests => digests;

    internal TrailRetention Retention => retention;

    internal OwnRecords OwnRecords => ownRecords;

    internal List<SealedFile> NotInDigests => notInDigests;

    /// <summary>Gets or sets the number of the newest sealed record.</summary>
    internal required long SealedUpTo { get; set; }

    /// <summary>Gets or sets the newest time in the name of a sealed file.</summary>
    internal required DateTimeOffset SealedAt { get; set; }

    /// <summary>Gets the clock for retention.</summary>
    internal required RetentionClock Clock { get; init; }

    /// <summary>Gets the check that throws when this process no longer owns the trail.</summary>
    internal required Action Confirm { get; init; }

    /// <summary>Gets the time for the name of the next file.</summary>
    /// <remarks>
    /// It is never before existing ones, even if the clock was set back, because names determine which file is the newest.
    /// </remarks>
    internal DateTimeOffset TimeOfNext(DateTimeOffset now) => new[] { now, SealedAt, digests.Start }.Max();

    internal void Sealed(SealedFile file, DateTimeOffset at)
    {
        notInDigests.Add(file);
        SealedUpTo = Math.Max(SealedUpTo, file.Records.Newest.Sequence);
        SealedAt = at > SealedAt ? at : SealedAt;
    }
}
