namespace CloudObserve.Sinks.Local.Ingestion.EmbeddedMetrics;

/// <summary>Specifies the result of extracting metrics from a log event.</summary>
internal enum ExtractionOutcome
{
    /// <summary>A plain log event.</summary>
    NoDocument,

    /// <summary>A document whose metrics were extracted, or were dropped because of their timestamp.</summary>
    Extracted,

    /// <summary>An event that contains the format's root member but is not JSON or not a document.</summary>
    ParsingError,

    /// <summary>A document that exceeds a limit, or whose metrics or dimensions are missing or have the wrong type.</summary>
    ValidationError,
}
