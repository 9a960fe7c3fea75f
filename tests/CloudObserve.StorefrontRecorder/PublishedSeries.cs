namespace CloudObserve.StorefrontRecorder;

/// <summary>Represents the expected content of a series in CloudWatch.</summary>
/// <remarks>Default dimensions, if set, are added.</remarks>
internal sealed record PublishedSeries(string Metric, IReadOnlyDictionary<string, string> Dimensions, bool RollUp, long Count, double Sum);
