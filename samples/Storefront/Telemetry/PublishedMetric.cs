namespace Storefront.Telemetry;

/// <summary>
/// Represents the samples put under one name: each counts once in the totals, and once in every series in which it is sent.
/// </summary>
internal sealed record PublishedMetric(long Count, double Sum, IReadOnlyList<PublishedSeries> Series);
