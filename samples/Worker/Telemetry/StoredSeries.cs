namespace Worker.Telemetry;

/// <summary>One metric as CloudWatch holds it.</summary>
internal sealed record StoredSeries(string Metric, string Dimensions, double Count, double Sum);
