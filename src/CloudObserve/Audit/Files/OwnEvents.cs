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
}
