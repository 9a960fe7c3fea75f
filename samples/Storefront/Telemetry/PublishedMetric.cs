namespace Storefront.Telemetry;

/// <summary>What was put under one name: each sample once in the totals, and once in every series that it is sent in.</summary>
internal sealed record PublishedMetric(long Count, double Sum, IReadOnlyList<PublishedSeries> Series);
