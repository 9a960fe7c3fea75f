namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Contains the functions that choose time series from an array.</summary>
internal static class ArrayFunctions
{
    private static readonly MathParameter Array = MathParameter.Value(MathType.Array);
    private static readonly MathParameter Scalar = MathParameter.Value(MathType.Scalar);

    internal static IEnumerable<MathFunction> All { get; } =
    [
        new("FIRST", 1, [Array], static _ => MathType.Series, static call => MathValue.Of(At(call, 0))),
        new("LAST", 1, [Array], static _ => MathType.Series, static call => MathValue.Of(At(call, call[0].Array.Length - 1))),
        new("METRIC_COUNT", 1, [Array], static _ => MathType.Scalar, static call => MathValue.Of(call[0].Array.Length)),
        new("REMOVE_EMPTY", 1, [Array], static _ => MathType.Array, RemoveEmpty),
        new("SLICE", 2, [Array, Scalar, Scalar], static _ => MathType.Array, Slice),
        new(
            "SORT",
            3,
            [Array, MathParameter.Keyword("AVG", "MIN", "MAX", "SUM"), MathParameter.Keyword("ASC", "DESC"), Scalar],
            static _ => MathType.Array,
            Sort),
    ];

    // The first and the last time series of an empty array have no datapoints.
    private static MetricSeries At(MathCall call, int index) =>
        call[0].Array.Length == 0 ? MetricSeries.Empty(call.Context.Grid) : call[0].Array[index];

    private static MathValue RemoveEmpty(MathCall call) =>
        MathValue.Of(System.Array.FindAll(Scanned(call), static series => AggregateFunctions.Count(series) > 0));

    private static MathValue Slice(MathCall call)
    {
        int length = call[0].Array.Length;
        int start = Position(call[1].Scalar, length, 0);
        int end = call.Count > 2 ? Position(call[2].Scalar, length, length) : length;
        return MathValue.Of(call[0].Array[start..Math.Max(start, end)]);
    }

    private static MathValue Sort(MathCall call)
    {
        Func<MetricSeries, double> measure = call.Literals[0] switch
        {
            "AVG" => AggregateFunctions.Average,
            "MIN" => AggregateFunctions.Minimum,
            "MAX" => AggregateFunctions.Maximum,
            _ => AggregateFunctions.Sum,
        };
        bool descends = call.Literals[1] == "DESC";
        MetricSeries[] array = Scanned(call);
        double[] keys = System.Array.ConvertAll(array, series => Key(series, measure, descends));
        MetricSeries[] sorted = [.. Enumerable.Range(0, array.Length).OrderBy(i => keys[i]).Select(i => array[i])];
        return MathValue.Of(call.Count > 1 ? sorted[..Position(call[1].Scalar, sorted.Length, sorted.Length)] : sorted);
    }

    // An array may hold one long time series many times. Reading all of their points is work that the budget limits.
    private static MetricSeries[] Scanned(MathCall call)
    {
        MetricSeries[] array = call[0].Array;
        call.Context.Budget.Take(array.Sum(static series => (long)series.Points.Length));
        return array;
    }

    // Time series without datapoints come last in either order. Equal ones keep their order.
    private static double Key(MetricSeries series, Func<MetricSeries, double> measure, bool descends) =>
        AggregateFunctions.Count(series) == 0 ? double.PositiveInfinity : descends ? -measure(series) : measure(series);

    // A position before the array is its start, and one after it its end.
    private static int Position(double scalar, int length, int otherwise) =>
        double.IsNaN(scalar) ? otherwise : (int)Math.Clamp(scalar, 0, length);
}
