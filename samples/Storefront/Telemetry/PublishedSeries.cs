namespace Storefront.Telemetry;

/// <summary>What one series of a metric must hold in CloudWatch. Default dimensions, if any are set, come on top.</summary>
internal sealed record PublishedSeries(IReadOnlyDictionary<string, string> Dimensions, bool RollUp, long Count, double Sum);
