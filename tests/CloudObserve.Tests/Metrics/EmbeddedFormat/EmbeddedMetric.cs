namespace CloudObserve.Tests.Metrics.EmbeddedFormat;

/// <summary>The data CloudWatch extracts from a document for one metric.</summary>
internal sealed record EmbeddedMetric(
    string Namespace, string Name, string Dimensions, string Unit, int Resolution, DateTimeOffset Time, double[] Values)
{
    internal (string Namespace, string Name, string Dimensions, string Unit, int Resolution, DateTimeOffset Time) Series =>
        (Namespace, Name, Dimensions, Unit, Resolution, Time);
}
