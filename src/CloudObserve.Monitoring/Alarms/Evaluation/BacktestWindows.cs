using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Moves the evaluation range of an alarm through a backtest.</summary>
/// <threadsafety>Not safe for concurrent use. An enumeration has its own.</threadsafety>
internal abstract class BacktestWindows
{
    private protected BacktestWindows(AlarmPlan plan) => Plan = plan;

    internal AlarmPlan Plan { get; }

    /// <summary>Gets the time between two evaluations.</summary>
    internal virtual TimeSpan Cadence => Plan.Period;

    /// <summary>Moves the range to the periods that end at a time and before it, the newest first.</summary>
    /// <param name="end">The time of the next evaluation.</param>
    internal abstract ReadOnlyMemory<AlarmDatapoint> MoveTo(DateTimeOffset end);

    internal virtual AlarmEvaluation Evaluate(ReadOnlySpan<AlarmDatapoint> window, AlarmState current) =>
        AlarmEvaluator.Evaluate(Plan, window, current);

    /// <summary>Represents the ranges of one series.</summary>
    internal sealed class OfSeries : BacktestWindows
    {
        private readonly BacktestSeries _series;
        private readonly RunningEvaluation _running;

        internal OfSeries(AlarmPlan plan, BacktestSeries series)
            : base(plan)
        {
            _series = series.Restart();
            _running = new RunningEvaluation(plan);
            for (int i = plan.EvaluationRange - 1; i >= 0; i--)
            {
                _running.Add(_series.Window.Span[i]);
            }
        }

        internal override ReadOnlyMemory<AlarmDatapoint> MoveTo(DateTimeOffset end)
        {
            _series.MoveTo(end);
            _running.Add(_series.Window.Span[0]);
            return _series.Window;
        }

        internal override AlarmEvaluation Evaluate(ReadOnlySpan<AlarmDatapoint> window, AlarmState current) =>
            _running.Evaluate(window, current);
    }

    /// <summary>Represents the ranges of an expression, which is evaluated again in each period.</summary>
    internal sealed class OfMath : BacktestWindows
    {
        private readonly AlarmMath _math;
        private readonly Dictionary<string, BacktestSeries> _metrics;
        private readonly Dictionary<string, ReadOnlyMemory<AlarmDatapoint>> _windows = new(StringComparer.Ordinal);
        private readonly AlarmDatapoint[] _result;

        internal OfMath(AlarmPlan plan, AlarmMath math, IReadOnlyDictionary<string, BacktestSeries> metrics)
            : base(plan)
        {
            _math = math;
            _metrics = metrics.ToDictionary(static metric => metric.Key, static metric => metric.Value.Restart(), StringComparer.Ordinal);
            _result = new AlarmDatapoint[plan.EvaluationRange];
        }

        internal override ReadOnlyMemory<AlarmDatapoint> MoveTo(DateTimeOffset end)
        {
            foreach ((string id, BacktestSeries series) in _metrics)
            {
                series.MoveTo(end);
                _windows[id] = series.Window;
            }

            _math.Evaluate(_windows, _result);
            return _result;
        }
    }

    /// <summary>Represents ranges whose periods are read one by one, so that they can slide.</summary>
    internal sealed class OfReader : BacktestWindows
    {
        private readonly Func<string, DateTimeOffset, AlarmDatapoint> _read;
        private readonly AlarmMath? _math;
        private readonly BandedDatapoints? _bands;
        private readonly string[] _metrics;
        private readonly Dictionary<string, ReadOnlyMemory<AlarmDatapoint>> _windows = new(StringComparer.Ordinal);
        private readonly AlarmDatapoint[] _result;
        private bool _hasStarted;

        /// <exception cref="ArgumentException">The alarm is on an expression or a band that a backtest cannot evaluate.</exception>
        internal OfReader(AlarmPlan plan, Func<string, DateTimeOffset, AlarmDatapoint> read)
            : base(plan)
        {
            _read = read;
            _bands = BandedDatapoints.Of(BandedDatapoints.FactorOf(plan, []));
            MetricDataQuery? watched = AlarmPeriods.Watched(plan.Definition);
            if (watched?.Expression is not null)
            {
                _math = new AlarmMath(plan, "definition");
            }

            _metrics = _math is not null
                ? [.. plan.Definition.Metrics.Where(static query => query.MetricStat is not null).Select(static query => query.Id)]
                : [watched?.Id ?? ""];
            if (_metrics.Length == 0)
            {
                throw new ArgumentException("The alarm uses no metric.");
            }

            _result = new AlarmDatapoint[plan.EvaluationRange];
        }

        // A detector learns from each period once, so the periods of a band do not slide.
        internal override TimeSpan Cadence => _bands is null ? Plan.Cadence : Plan.Period;

        internal override ReadOnlyMemory<AlarmDatapoint> MoveTo(DateTimeOffset end)
        {
            if (_bands is not null)
            {
                MoveBand(end);
            }
            else if (_math is null)
            {
                Read(_metrics[0], end, _result);
            }
            else
            {
                foreach (string id in _metrics)
                {
                    AlarmDatapoint[] window = new AlarmDatapoint[_result.Length];
                    Read(id, end, window);
                    _windows[id] = window;
                }

                _math.Evaluate(_windows, _result);
            }

            return _result;
        }

        private void MoveBand(DateTimeOffset end)
        {
            for (int i = _hasStarted ? 0 : _result.Length - 1; i >= 0; i--)
            {
                Array.Copy(_result, 0, _result, 1, _result.Length - 1);
                _result[0] = _bands!.Add(ReadAt(_metrics[0], StartOf(end, i)));
            }

            _hasStarted = true;
        }

        private void Read(string id, DateTimeOffset end, AlarmDatapoint[] window)
        {
            for (int i = 0; i < window.Length; i++)
            {
                window[i] = ReadAt(id, StartOf(end, i));
            }
        }

        private AlarmDatapoint ReadAt(string id, DateTimeOffset start) => _read(id, start) with { Time = start };

        private DateTimeOffset StartOf(DateTimeOffset end, int index)
        {
            long ticks = end.UtcTicks - ((index + 1) * Plan.Period.Ticks);
            return ticks < 0 ? DateTimeOffset.MinValue : new DateTimeOffset(ticks, TimeSpan.Zero);
        }
    }
}
