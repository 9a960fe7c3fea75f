using System.Globalization;
using CloudObserve.Local;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Executes <c>GetMetricStatistics</c>.</summary>
internal sealed class MetricStatisticsQuery(MetricStore store)
{
    // The name of an item of a string list in CloudWatch's messages.
    private const string ListElement = "<list element>";

    internal GetMetricStatisticsResponse Execute(GetMetricStatisticsRequest request)
    {
        MetricIdentity identity = MetricQueryRules.Check(request.Metric, "");
        string? unit = MetricQueryRules.CheckUnit(request.Unit, "Unit");
        long period = PeriodRules.Check(request.Period, "Period");
        CheckSpan(request);
        Statistic[] statistics = Statistics(request);
        string label = request.Metric.MetricName;
        if (PeriodRules.WholeWindows(request.StartTime, request.EndTime, period, store.Now) is not { } range)
        {
            return new GetMetricStatisticsResponse(label, []);
        }

        List<WindowValues> windows = store.Read(
            identity, unit, range, data => Array.ConvertAll(statistics, statistic => statistic.Evaluate(data)));
        return new GetMetricStatisticsResponse(
            label, [.. windows.Where(window => Array.Exists(window.Values, value => value.HasValue))
                .Select(window => ToDatapoint(window, statistics))]);
    }

    private static void CheckSpan(GetMetricStatisticsRequest request)
    {
        if (request.StartTime >= request.EndTime)
        {
            throw ErrorCodes.Invalid("StartTime", "must be less than the parameter EndTime");
        }

        long asked = (long)Math.Ceiling((request.EndTime - request.StartTime) / request.Period);
        if (asked > QueryLimits.MaxStatisticsDatapoints)
        {
            throw ErrorCodes.Combination(string.Create(
                CultureInfo.InvariantCulture,
                $"You have requested up to {asked} datapoints, which exceeds the limit of {QueryLimits.MaxStatisticsDatapoints}. You may "
                    + $"reduce the datapoints requested by increasing Period, or decreasing the time range."));
        }
    }

    private static Statistic[] Statistics(GetMetricStatisticsRequest request)
    {
        if (request.Statistics.Count == 0 && request.ExtendedStatistics.Count == 0)
        {
            throw ErrorCodes.Combination("At least one of the parameters Statistics and ExtendedStatistics must be specified.");
        }

        CheckCount(request.Statistics, QueryLimits.MaxStatistics, "Statistics");
        CheckCount(request.ExtendedStatistics, QueryLimits.MaxExtendedStatistics, "ExtendedStatistics");
        return
        [
            .. request.Statistics.Select((text, i) => Basic(text, $"Statistics.member.{i + 1}.{ListElement}"))
                .DistinctBy(statistic => statistic.Name),
            .. request.ExtendedStatistics.Select((text, i) => Extended(text, $"ExtendedStatistics.member.{i + 1}.{ListElement}"))
                .DistinctBy(statistic => statistic.Name),
        ];
    }

    private static void CheckCount(IReadOnlyList<string> texts, int limit, string path)
    {
        if (texts.Count > limit)
        {
            throw ErrorCodes.TooMany(path, limit);
        }
    }

    private static Statistic Basic(string text, string path) =>
        StatisticParser.TryParse(text) is { IsBasic: true } statistic
            ? statistic
            : throw ErrorCodes.Invalid(path, "must be a value in the set [SampleCount, Average, Sum, Minimum, Maximum]");

    private static Statistic Extended(string text, string path) =>
        StatisticParser.Parse(text, path) is { IsBasic: false } statistic ? statistic : throw StatisticParser.NotSupported(text, path);

    private static Datapoint ToDatapoint(WindowValues window, Statistic[] statistics)
    {
        return new Datapoint
        {
            Timestamp = DateTimeOffset.FromUnixTimeSeconds(window.Time),
            Unit = window.Unit,
            SampleCount = Value(StatisticKind.SampleCount),
            Average = Value(StatisticKind.Average),
            Sum = Value(StatisticKind.Sum),
            Minimum = Value(StatisticKind.Minimum),
            Maximum = Value(StatisticKind.Maximum),
            ExtendedStatistics = ExtendedValues(window, statistics),
        };

        double? Value(StatisticKind kind)
        {
            int index = Array.FindIndex(statistics, statistic => statistic.Kind == kind);
            return index < 0 ? null : window.Values[index];
        }
    }

    private static Dictionary<string, double> ExtendedValues(WindowValues window, Statistic[] statistics)
    {
        Dictionary<string, double> values = [];
        for (int i = 0; i < statistics.Length; i++)
        {
            if (!statistics[i].IsBasic && window.Values[i] is { } value)
            {
                values.Add(statistics[i].Name, value);
            }
        }

        return values;
    }
}
