namespace CloudObserve.Audit.Files;

/// <summary>Contains the names of the events that the trail records about itself.</summary>
internal static class OwnEvents
{
    internal const string Source = "cloudobserve.amazonaws.com";

    /// <summary>Unacknowledged lines were removed from the end of the journal.</summary>
    internal const string Recovered = "TrailRecovered";

    /// <summary>Acknowledged records are missing at the end of the journal.</summary>
    internal const string TailMissing = "TrailTailMissing";

    /// <summary>
    /// A start found a head that belongs to no journal in the directory. The head alone was copied, or the rest of its trail was deleted.
    /// </summary>
    internal const string HeadForeign = "TrailHeadForeign";

    /// <summary>
    /// The name of the member of <see cref="HeadForeign"/> that is <see langword="true"/> if the head is certainly a copy.
    /// </summary>
    internal const string IsCopy = "isCopy";

    /// <summary>Acknowledged records in the journal were changed.</summary>
    internal const string DamageFound = "TrailDamageFound";

    /// <summary>Digests that should exist were missing at a start, or the newest one was not signed with the key that it names.</summary>
    internal const string DigestsMissing = "TrailDigestsMissing";

    /// <summary>The newest digest was signed with another key than the one used from now on.</summary>
    internal const string KeyChanged = "TrailKeyChanged";

    /// <summary>Files were removed because their retention ended.</summary>
    internal const string FilesRemoved = "TrailFilesRemoved";
}
