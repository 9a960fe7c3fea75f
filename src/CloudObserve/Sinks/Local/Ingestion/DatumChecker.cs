using CloudObserve.Contracts;
using CloudObserve.Metrics;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Checks the datums of one request against CloudWatch's rules and converts each to its stored form.</summary>
internal sealed class DatumChecker(string metricNamespace, DateTimeOffset now)
{
    private const int StandardResolution = 60;
    private const int HighResolution = 1;

    /// <summary>Checks one datum.</summary>
    /// <param name="datum">The datum as it was read.</param>
    /// <param name="path">The position in the request as in CloudWatch's messages, such as <c>MetricData.member.1</c>.</param>
    internal Observation Check(WireDatum datum, string path)
    {
        NameRules.CheckLength(datum.MetricName, $"{path}.MetricName", ServiceLimits.PutMetricData.MaxNameLength);
        MetricDimension[] dimensions = DimensionRules.Check(datum.Dimensions, $"{path}.Dimensions");
        string unit = CheckUnit(datum.Unit, $"{path}.Unit");
        int resolution = CheckResolution(datum.StorageResolution, $"{path}.StorageResolution");
        long time = CheckTimestamp(datum.Timestamp, $"{path}.Timestamp");
        Aggregate data = ValueRules.Check(datum, path, time);
        return new Observation(new MetricIdentity(metricNamespace, datum.MetricName!, dimensions), unit, resolution, data);
    }

    private static string CheckUnit(string? unit, string path)
    {
        if (unit is null)
        {
            return UnitNames.None;
        }

        return UnitNames.Find(unit) ?? throw ErrorCodes.Invalid(path, $"must be a value in the set [{UnitNames.List}]");
    }

    private static int CheckResolution(double? resolution, string path) => resolution switch
    {
        null or StandardResolution => StandardResolution,
        HighResolution => HighResolution,
        _ => throw ErrorCodes.Invalid(path, "must be 1 or 60"),
    };

    private long CheckTimestamp(double? timestamp, string path)
    {
        if (timestamp is not { } seconds)
        {
            return now.ToUnixTimeSeconds();
        }

        double nowSeconds = now.ToUnixTimeMilliseconds() / 1000.0;
        if (double.IsNaN(seconds) || seconds < nowSeconds - ServiceLimits.MaxAge.TotalSeconds)
        {
            throw ErrorCodes.Invalid(path, "must specify a time within the past two weeks");
        }

        if (seconds > nowSeconds + ServiceLimits.MaxAhead.TotalSeconds)
        {
            throw ErrorCodes.Invalid(path, "must specify a time no more than two hours in the future");
        }

        return (long)Math.Floor(seconds);
    }
}
