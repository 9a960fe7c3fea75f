using System.Globalization;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Answers <c>GetMetricStatistics</c>.</summary>
internal sealed class MetricStatisticsQuery(MetricStore store)
{
    internal GetMetricStatisticsResponse Execute(GetMetricStatisticsRequest request)
    {
        MetricIdentity identity = MetricRules.Check(request.Metric, "");
        string? unit = MetricRules.CheckUnit(request.Unit, "Unit");
        long period = PeriodRules.Check(request.Period, "Period");
        CheckSpan(request);
        Statistic[] statistics = Statistics(request);
        string label = request.Metric.MetricName;
        if (PeriodRules.Windows(request.StartTime, request.EndTime, period, store.Now) is not { } range)
        {
            return new GetMetricStatisticsResponse(label, []);
        }

        List<WindowValues> windows = store.Read(
            identity, unit, range, data => Array.ConvertAll(statistics, statistic => statistic.Evaluate(data)));
        return new GetMetricStatisticsResponse(label, [.. windows.Select(window => ToDatapoint(window, statistics))]);
    }

    private static void CheckSpan(GetMetricStatisticsRequest request)
    {
        if (request.StartTime >= request.EndTime)
        {
            throw ErrorCodes.Combination("The parameter StartTime must be less than the parameter EndTime.");
        }

        long asked = (long)Math.Ceiling((request.EndTime - request.StartTime) / request.Period);
        if (asked > QueryLimits.MaxStatisticsDatapoints)
        {
            throw ErrorCodes.Combination(string.Create(
                CultureInfo.InvariantCulture,
                $"You have requested up to {asked:N0} datapoints, which exceeds the limit of {QueryLimits.MaxStatisticsDatapoints:N0}. You may reduce the datapoints requested by increasing Period, or decreasing the time range."));
        }
    }

    private static Statistic[] Statistics(GetMetricStatisticsRequest request)
    {
        bool extended = request.ExtendedStatistics.Count > 0;
        if (extended == request.Statistics.Count > 0)
        {
            throw extended
                ? ErrorCodes.Combination("The parameters Statistics and ExtendedStatistics are mutually exclusive and you have specified both.")
                : ErrorCodes.Combination("At least one of the parameters Statistics and ExtendedStatistics must be specified.");
        }

        string name = extended ? "ExtendedStatistics" : "Statistics";
        IReadOnlyList<string> texts = extended ? request.ExtendedStatistics : request.Statistics;
        int limit = extended ? QueryLimits.MaxExtendedStatistics : QueryLimits.MaxStatistics;
        return texts.Count <= limit
            ? [.. texts.Distinct().Select((text, i) => Statistic(text, $"{name}.member.{i + 1}", extended))]
            : throw ErrorCodes.TooMany(name, limit);
    }

    private static Statistic Statistic(string text, string path, bool extended)
    {
        Statistic statistic = StatisticParser.Parse(text, path);
        return statistic.IsBasic != extended
            ? statistic
            : throw ErrorCodes.Invalid(path, $"must {(extended ? "not " : "")}be one of SampleCount, Average, Sum, Minimum and Maximum");
    }

    private static Datapoint ToDatapoint(WindowValues window, Statistic[] statistics)
    {
        return new Datapoint
        {
            Timestamp = DateTimeOffset.FromUnixTimeSeconds(window.Time),
            Unit = window.Unit,
            SampleCount = Basic(StatisticKind.SampleCount),
            Average = Basic(StatisticKind.Average),
            Sum = Basic(StatisticKind.Sum),
            Minimum = Basic(StatisticKind.Minimum),
            Maximum = Basic(StatisticKind.Maximum),
            ExtendedStatistics = Extended(window, statistics),
        };

        double? Basic(StatisticKind kind)
        {
            int index = Array.FindIndex(statistics, statistic => statistic.Kind == kind);
            return index < 0 ? null : window.Values[index];
        }
    }

    private static Dictionary<string, double> Extended(WindowValues window, Statistic[] statistics)
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
