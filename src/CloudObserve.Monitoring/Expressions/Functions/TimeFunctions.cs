namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Contains the functions that make a time series of its timestamps, and those about periods.</summary>
/// <remarks>Times are in UTC.</remarks>
internal static class TimeFunctions
{
    private const int DaysOfWeek = 7;

    internal static IEnumerable<MathFunction> All { get; } =
    [
        Create("EPOCH", static time => time.ToUnixTimeSeconds()),
        Create("YEAR", static time => time.Year),
        Create("MONTH", static time => time.Month),
        Create("DATE", static time => time.Day),
        // Monday is 1 and Sunday 7.
        Create("DAY", static time => time.DayOfWeek == DayOfWeek.Sunday ? DaysOfWeek : (int)time.DayOfWeek),
        Create("HOUR", static time => time.Hour),
        Create("MINUTE", static time => time.Minute),
        new("PERIOD", 1, [MathParameter.Of(LiteralKind.Id)], static _ => MathType.Scalar, Period)
        {
            CheckLiterals = CheckMetric,
        },
        new("TIME_SERIES", 1, [MathParameter.Value(MathType.Scalar)], static _ => MathType.Series, TimeSeries),
    ];

    // CloudWatch: the period is that of a metric, not of the result of an expression.
    private static void CheckMetric(MathInstruction instruction, IMathSymbols symbols)
    {
        string id = instruction.Literals[0];
        if (!symbols.IsMetric(id))
        {
            throw new MathException(instruction.Position, symbols.TypeOf(id) == MathType.None
                ? $"there is no metric with the id '{id}'"
                : $"the function PERIOD takes the id of a metric, but '{id}' is an expression");
        }
    }

    private static MathFunction Create(string name, Func<DateTimeOffset, double> part) =>
        new(
            name,
            1,
            [MathParameter.Value(MathType.Series)],
            static _ => MathType.Series,
            call => call.Map((_, series) => Parts(call, series, part)));

    private static MathValue Period(MathCall call) => MathValue.Of(call.Context.PeriodOf(call.Literals[0]));

    // The result has a datapoint in each period, also where the argument has none.
    private static double[] Parts(MathCall call, MetricSeries series, Func<DateTimeOffset, double> part)
    {
        double[] points = call.NewPoints(series.Points.Length);
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = part(series.TimeOf(i));
        }

        return points;
    }

    private static MathValue TimeSeries(MathCall call)
    {
        call.Context.Budget.Take(call.Context.Grid.Count);
        return MathValue.Of(MetricSeries.Constant(call.Context.Grid, call[0].Scalar));
    }
}
