namespace CloudObserve.Audit.Sealing;

/// <summary>What a keeper works with, and what it must remember between two digests.</summary>
/// <param name="sealer">Makes sealed files.</param>
/// <param name="digests">Writes digests.</param>
/// <param name="retention">Removes old files.</param>
/// <param name="sealedUpTo">The newest record that is sealed already.</param>
/// <param name="notInDigests">Files that no digest names yet.</param>
internal sealed class KeeperParts(
    TrailSealer sealer, DigestWriter digests, TrailRetention retention, long sealedUpTo, List<SealedFile> notInDigests)
{
    internal TrailSealer Sealer => sealer;

    internal DigestWriter Digests => digests;

    internal TrailRetention Retention => retention;

    internal long SealedUpTo { get; private set; } = sealedUpTo;

    internal List<SealedFile> NotInDigests => notInDigests;

    internal void Sealed(SealedFile file)
    {
        notInDigests.Add(file);
        SealedUpTo = Math.Max(SealedUpTo, file.Records.Newest.Sequence);
    }
}
