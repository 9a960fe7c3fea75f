using CloudObserve.Monitoring.Expressions.Search;

namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Contains the functions that read metrics or models.</summary>
internal static class SourceFunctions
{
    private const double DefaultFactor = 2;

    internal static MathFunction Metrics { get; } =
        new("METRICS", 0, [MathParameter.Of(LiteralKind.Text)], static _ => MathType.Array, static call => MathValue.Of(Select(call)));

    internal static MathFunction Search { get; } = new(
        "SEARCH",
        2,
        [MathParameter.Of(LiteralKind.Text), MathParameter.Of(LiteralKind.Text), MathParameter.Of(LiteralKind.Number)],
        static _ => MathType.Array,
        static call => MathValue.Of(call.Context.Search(call)))
    {
        CheckLiterals = static (instruction, _) => SearchQuery.Check(instruction),
    };

    internal static MathFunction Band { get; } = new(
        "ANOMALY_DETECTION_BAND",
        1,
        [MathParameter.Value(MathType.Series), MathParameter.Value(MathType.Scalar)],
        static _ => MathType.Array,
        BandOf);

    internal static IEnumerable<MathFunction> All { get; } = [Metrics, Search, Band];

    private static MetricSeries[] Select(MathCall call)
    {
        string part = call.Literals.Count > 0 ? call.Literals[0] : "";
        return [.. from metric in call.Context.Metrics where metric.Key.Contains(part, StringComparison.Ordinal) select metric.Value];
    }

    // The lower bound comes first. Without a model there is a band without datapoints.
    private static MathValue BandOf(MathCall call)
    {
        double factor = call.Count > 1 ? call[1].Scalar : DefaultFactor;
        if (!(factor > 0))
        {
            throw call.Fault("the second argument of ANOMALY_DETECTION_BAND must be greater than 0");
        }

        MetricSeries series = call[0].Series;
        call.Context.Budget.Take(2L * series.Points.Length);
        AnomalyBand band = call.Context.BandOf(call, series, factor)
            ?? new AnomalyBand(MetricSeries.Empty(series.Grid), MetricSeries.Empty(series.Grid));
        return MathValue.Of([Named(band.Lower, "lower"), Named(band.Upper, "upper")]);
    }

    private static MetricSeries Named(MetricSeries bound, string label) => new(bound.Grid, bound.Points, label, null);
}
