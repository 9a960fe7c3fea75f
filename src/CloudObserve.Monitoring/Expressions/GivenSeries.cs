namespace CloudObserve.Monitoring.Expressions;

/// <summary>Evaluates expressions on given time series.</summary>
internal sealed class GivenSeries : MathContext
{
    private readonly Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="GivenSeries"/> class.</summary>
    /// <param name="metrics">The time series by id.</param>
    /// <param name="bands">The source of bands; <see langword="null"/> if there is none.</param>
    /// <exception cref="MathException">The periods of the series do not fit together.</exception>
    internal GivenSeries(IReadOnlyList<KeyValuePair<string, MetricSeries>> metrics, IAnomalyBands? bands = null)
        : base(new MathBudget())
    {
        Metrics = metrics;
        Bands = bands;
        TimeGrid grid = default;
        foreach ((string id, MetricSeries series) in metrics)
        {
            _series[id] = series;
            grid = TimeGrid.Union(grid, series.Grid);
        }

        Grid = grid;
    }

    internal override TimeGrid Grid { get; }

    internal override IEnumerable<KeyValuePair<string, MetricSeries>> Metrics { get; }

    private IAnomalyBands? Bands { get; }

    /// <summary>Checks that an expression can be the final one: its types fit, and its result is not a scalar.</summary>
    /// <returns>The type of the result.</returns>
    /// <exception cref="MathException">The expression is invalid.</exception>
    internal static MathType Check(MathProgram program, Predicate<string> isKnown) =>
        MathTypes.Check(program, new Symbols(isKnown)) is var type and not MathType.Scalar ? type : throw MathTypes.IsScalar();

    /// <summary>Determines whether there is a time series with an id.</summary>
    internal bool Has(string id) => _series.ContainsKey(id);

    internal override MathValue ValueOf(string id) => MathValue.Of(_series[id]);

    internal override long PeriodOf(string id) => _series[id].Grid.Period;

    internal override AnomalyBand? BandOf(Functions.MathCall call, MetricSeries series, double factor) =>
        Bands?.Compute(new BandInput(call.Program.Text, series, _ => series), factor);

    private sealed class Symbols(Predicate<string> isKnown) : IMathSymbols
    {
        public MathType TypeOf(string id) => isKnown(id) ? MathType.Series : MathType.None;

        public bool IsMetric(string id) => isKnown(id);
    }
}
