namespace Worker.Telemetry;

/// <summary>Represents a metric as stored in CloudWatch.</summary>
internal sealed record StoredSeries(string Metric, string Dimensions, double Count, double Sum);
