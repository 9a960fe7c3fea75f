namespace CloudObserve.Monitoring.Tests.Expressions.Reference;

/// <summary>A value as the manual describes it: a number, the values of a time series by time, or several of these.</summary>
internal sealed record SlowValue(double? Scalar, SortedDictionary<long, double>? Series, List<SlowValue>? Array)
{
    internal static SlowValue Of(double? scalar) => new(scalar, null, null);

    internal static SlowValue Of(IEnumerable<KeyValuePair<long, double>> points) =>
        new(null, new SortedDictionary<long, double>(points.Where(p => double.IsFinite(p.Value)).ToDictionary(p => p.Key, p => p.Value)),
            null);

    internal static SlowValue Of(IEnumerable<SlowValue> array) => new(null, null, [.. array]);
}
