using CloudObserve.Monitoring.Anomalies;

namespace CloudObserve.Monitoring;

/// <summary>
/// Learns the usual course of one series, and tells for each datapoint the expected band and how unusual the datapoint is.
/// </summary>
/// <remarks>
/// <para>
/// The detector sees each datapoint once, in the order in which it is given, and what it says about a datapoint depends on that datapoint
/// and the ones before it alone. Repeated and unsorted timestamps are accepted. It detects the interval of the series. It holds less than
/// 16 KB and does not allocate memory after its creation.
/// </para>
/// <para>Values beyond CloudWatch's range of ±2^360 count as the end of that range.</para>
/// </remarks>
/// <threadsafety>Instances are not thread-safe: one thread at a time may use a detector.</threadsafety>
public sealed class AnomalyDetector
{
    /// <summary>The rows before the first score. A spread of fewer values says little.</summary>
    internal const int RowsToStart = 30;

    /// <summary>The steps of five minutes in two weeks, the time from which CloudWatch learns.</summary>
    internal const int StepsRemembered = 14 * 24 * 12;

    // 2^360, the largest magnitude that CloudWatch accepts.
    private const double MaxMagnitude = 2.3485425827738332e108;

    // Parts of the magnitude and of the spread that are rounding noise rather than news.
    private const double NoiseByMagnitude = 1e-6;
    private const double NoiseBySpread = 0.05;

    // 2^-1000: the reciprocal is finite.
    private const double SmallestScale = 9.332636185032189e-302;

    // The novelty of a value that is infinitely far for a series without spread.
    private const double MaxNovelty = 1e6;

    // A mean over 40 steps, which is 3 h 20 min at five minutes: long against a spike, short against a day.
    private const double RecentWeight = 1.0 / 40;

    private static readonly TimeSpan TrainedAfter = TimeSpan.FromDays(14);
    private static readonly TimeSpan BandAfter = TimeSpan.FromHours(3);

    private readonly TimeZoneInfo _zone;
    private readonly ExcludedTimeRange[] _excluded;
    private SamplingInterval _interval = new();
    private SeasonalModel _seasons = new();
    private DeviationModel _deviations = new();
    private SpreadEstimate _valueSpread = new();
    private SpreadEstimate _departureSpread = new();
    private SpreadEstimate _errorSpread = new();
    private NoveltyMemory _courses = new(dimensions: 2);
    private NoveltyMemory _errors = new(dimensions: 1);
    private NoveltyGate _noveltyGate = new();
    private double _recent;
    private long _rows;
    private DateTime _first;
    private DateTime _last;

    /// <summary>Creates a detector with the default configuration.</summary>
    public AnomalyDetector()
        : this(new AnomalyDetectorConfiguration())
    {
    }

    /// <summary>Creates a detector.</summary>
    /// <param name="configuration">The time zone and the time ranges to exclude.</param>
    /// <exception cref="ArgumentException">An excluded time range does not end after it starts.</exception>
    public AnomalyDetector(AnomalyDetectorConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _zone = configuration.MetricTimeZone;
        _excluded = [.. configuration.ExcludedTimeRanges];
        foreach (ExcludedTimeRange range in _excluded)
        {
            if (range.EndTime <= range.StartTime)
            {
                throw new ArgumentException(
                    $"ExcludedTimeRanges: the range from {range.StartTime:O} to {range.EndTime:O} must end after it starts.",
                    nameof(configuration));
            }
        }
    }

    /// <summary>Gets the training state of the detector.</summary>
    public AnomalyDetectorState State =>
        _rows < RowsToStart || _last - _first < BandAfter ? AnomalyDetectorState.PendingTraining
        : _last - _first < TrainedAfter ? AnomalyDetectorState.TrainedInsufficientData
        : AnomalyDetectorState.Trained;

    /// <summary>Returns the values that are expected at a time, without learning anything.</summary>
    /// <param name="time">The start of the period of a datapoint that has not come, or that is missing.</param>
    public ExpectedBand Expect(DateTimeOffset time) => Band(Slots(time));

    /// <summary>Says how unusual a datapoint is, and learns from it.</summary>
    /// <param name="time">The start of the datapoint's period.</param>
    /// <param name="value">The value, which must be a finite number.</param>
    /// <returns>The band and the score of the datapoint. In an excluded time range, the detector says both and learns nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number.</exception>
    public AnomalyObservation Observe(DateTimeOffset time, double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "The value of a datapoint must be a finite number.");
        }

        double known = Math.Clamp(value, -MaxMagnitude, MaxMagnitude);
        AnomalyDetectorState state = State;
        TimeSlots slots = Slots(time);
        bool isExcluded = IsExcluded(time);
        if (_rows == 0)
        {
            _recent = known;
            _seasons.Start(known);
        }

        ExpectedBand band = Band(slots);
        double score = Score(known, band.Expected, isExcluded);
        if (!isExcluded)
        {
            Learn(time.UtcDateTime, slots, known, known - band.Expected);
        }

        return new AnomalyObservation(band, score, state);
    }

    /// <summary>Returns a detector that has learned the same and learns on its own from here.</summary>
    internal AnomalyDetector Copy()
    {
        AnomalyDetector copy = (AnomalyDetector)MemberwiseClone();
        copy._interval = _interval.Copy();
        copy._seasons = _seasons.Copy();
        copy._deviations = _deviations.Copy();
        copy._valueSpread = _valueSpread.Copy();
        copy._departureSpread = _departureSpread.Copy();
        copy._errorSpread = _errorSpread.Copy();
        copy._courses = _courses.Copy();
        copy._errors = _errors.Copy();
        copy._noveltyGate = _noveltyGate.Copy();
        return copy;
    }

    private ExpectedBand Band(in TimeSlots slots)
    {
        (double lower, double upper) = _deviations.At(slots);
        return new ExpectedBand(_seasons.Expect(slots), lower, upper);
    }

    private double Score(double value, double expected, bool isExcluded)
    {
        if (_rows < RowsToStart)
        {
            return 0;
        }

        double noise = Math.Max(SmallestScale, NoiseByMagnitude * _valueSpread.Magnitude);
        double leastSpread = Math.Max(noise, NoiseBySpread * _valueSpread.Spread);
        ReadOnlySpan<double> course = [value, value - _recent];
        ReadOnlySpan<double> courseScales =
            [1 / Math.Max(noise, _valueSpread.Spread), 1 / Math.Max(leastSpread, _departureSpread.Spread)];
        ReadOnlySpan<double> error = [value - expected];
        ReadOnlySpan<double> errorScales = [1 / Math.Max(leastSpread, _errorSpread.Spread)];

        double novelty = Math.Max(_courses.Distance(course, courseScales), _seasons.Skill * _errors.Distance(error, errorScales));
        novelty = Math.Min(novelty, MaxNovelty);
        if (isExcluded)
        {
            return _noveltyGate.Peek(novelty);
        }

        long lifetime = (long)StepsRemembered * _interval.RowsPerStep;
        _courses.Remember(_rows, lifetime, course, courseScales);
        _errors.Remember(_rows, lifetime, error, errorScales);
        return _noveltyGate.Next(novelty, _interval.RowsPerStep);
    }

    private void Learn(DateTime time, in TimeSlots slots, double value, double error)
    {
        _first = _rows == 0 || time < _first ? time : _first;
        _last = _rows == 0 || time > _last ? time : _last;
        _rows++;
        _interval.Observe(time);
        int rowsPerStep = _interval.RowsPerStep;
        double departure = value - _recent;
        _valueSpread.Add(value, rowsPerStep);
        _departureSpread.Add(departure, rowsPerStep);
        _errorSpread.Add(error, rowsPerStep);
        double spread = Math.Max(SmallestScale, Math.Max(_valueSpread.Spread, NoiseByMagnitude * _valueSpread.Magnitude));
        _recent += RecentWeight / rowsPerStep * Math.Clamp(departure, -spread, spread);

        double cutError = _deviations.WithoutExcess(error, spread);
        _deviations.Learn(slots, error, cutError);
        _seasons.Learn(slots, value - error + cutError, _interval);
    }

    private TimeSlots Slots(DateTimeOffset time) =>
        TimeSlots.Of(_zone.Equals(TimeZoneInfo.Utc) ? time.UtcDateTime : TimeZoneInfo.ConvertTime(time, _zone).DateTime);

    private bool IsExcluded(DateTimeOffset time)
    {
        foreach (ExcludedTimeRange range in _excluded)
        {
            if (time >= range.StartTime && time < range.EndTime)
            {
                return true;
            }
        }

        return false;
    }
}
