namespace CloudObserve.Audit.Files;

/// <summary>What the trail records about itself.</summary>
internal static class OwnEvents
{
    internal const string Source = "cloudobserve.amazonaws.com";

    /// <summary>Lines that had never been acknowledged were cut off at the journal's end.</summary>
    internal const string Recovered = "TrailRecovered";

    /// <summary>Acknowledged records are missing at the journal's end.</summary>
    internal const string TailMissing = "TrailTailMissing";

    /// <summary>Acknowledged records in the journal had been changed.</summary>
    internal const string DamageFound = "TrailDamageFound";

    /// <summary>At a start digests were not here that should have been, or the newest one had not been signed with the key that it names.</summary>
    internal const string DigestsMissing = "TrailDigestsMissing";

    /// <summary>The newest digest had been signed with another key than the one that signs from now on.</summary>
    internal const string KeyChanged = "TrailKeyChanged";

    /// <summary>Files are removed because they have been kept for long enough.</summary>
    internal const string FilesRemoved = "TrailFilesRemoved";
}
