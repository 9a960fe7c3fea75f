namespace CloudObserve.Sinks.Local.Ingestion.EmbeddedMetrics;

/// <summary>What the search for metrics in a log event found.</summary>
internal enum ExtractionOutcome
{
    /// <summary>A plain log event.</summary>
    NoDocument,

    /// <summary>A document whose metrics were taken, or lie too far from now to be kept.</summary>
    Extracted,

    /// <summary>It names the format's root member, and is not JSON or not built as a document.</summary>
    ParsingError,

    /// <summary>A document that breaks a limit, or whose metrics or dimensions are missing or of the wrong type.</summary>
    ValidationError,
}
