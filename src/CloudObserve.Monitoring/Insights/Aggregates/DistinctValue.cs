namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Represents a value that at least one row has.</summary>
/// <param name="text">The text of the value in UTF-8.</param>
internal sealed class DistinctValue(byte[] text)
{
    internal byte[] Text => text;

    /// <summary>Gets or sets the number of rows.</summary>
    internal long Count { get; set; }

    /// <summary>Gets or sets the time and position of the first row.</summary>
    internal (long Time, long Sequence) First { get; set; }
}
