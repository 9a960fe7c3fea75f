using System.Globalization;
using System.Runtime.CompilerServices;
using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Metrics;

/// <summary>The front of the aggregator: looks series up, checks values, and books what has to be refused.</summary>
internal sealed class MetricPublisher(
    string @namespace,
    SeriesRegistry registry,
    LateSamples late,
    LossLedger ledger,
    IDiagnosticEvents events,
    TimeProvider time) : IMetricPublisher
{
    /// <summary>The words for a sample that came after the end.</summary>
    internal const string Late = "it was put after the library had been closed.";

    /// <summary>Gets the name of the signal in reports.</summary>
    internal string SignalName => ledger.Signal;

    /// <summary>Gets the clock that durations are measured with.</summary>
    internal TimeProvider Time => time;

    public void Put(string name, double value, params ReadOnlySpan<MetricDimension> dimensions) => Put(name, value, MetricUnit.None, dimensions);

    public void Put(string name, double value, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions)
    {
        if (!MetricRules.IsValidValue(value) || registry.FindAtOnce(@namespace, name, unit, dimensions) is not { } state || !state.TryPut(value))
        {
            _ = Put(new SeriesProbe(@namespace, name, unit, dimensions), value);
        }
    }

    public void PutAt(DateTimeOffset timestamp, string name, double value, params ReadOnlySpan<MetricDimension> dimensions) =>
        PutAt(timestamp, name, value, MetricUnit.None, dimensions);

    public void PutAt(DateTimeOffset timestamp, string name, double value, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions)
    {
        SeriesProbe probe = new(@namespace, name, unit, dimensions);
        if (CheckTime(timestamp) is { } reason)
        {
            Refuse(probe, reason, $"A timestamp lies at most two weeks back and two hours ahead; {timestamp:O} does not");
        }
        else if (!MetricRules.IsValidValue(value))
        {
            RefuseValue(probe, value);
        }
        else if (Resolve(probe) is { } state && late.Put(state, timestamp, value) is { } refused)
        {
            Refuse(probe, refused, $"More than {LateSamples.MaxTables} late series and periods wait to be sent, or the publisher is closed");
        }
    }

    public MetricSeries Series(string name, params ReadOnlySpan<MetricDimension> dimensions) => Series(name, MetricUnit.None, dimensions);

    public MetricSeries Series(string name, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions)
    {
        SeriesProbe probe = new(@namespace, name, unit, dimensions);
        SeriesState state = registry.Resolve(probe, out Refusal refusal, out bool folded)
            ?? throw new ArgumentException($"The metric series '{name}' cannot be bound. {refusal.Rule}.", ParameterOf(refusal.Reason));
        ReportFolded(folded, name);
        return new MetricSeries(this, new SeriesKey(probe), state);
    }

    /// <summary>Binds a series like <see cref="Series(string, MetricUnit, ReadOnlySpan{MetricDimension})"/>, but counts and reports a broken rule instead of throwing.</summary>
    internal MetricSeries? TryBind(string name, MetricUnit unit, ReadOnlySpan<MetricDimension> dimensions)
    {
        SeriesProbe probe = new(@namespace, name, unit, dimensions);
        return Resolve(probe) is { } state ? new MetricSeries(this, new SeriesKey(probe), state) : null;
    }

    /// <summary>Books a duration that was measured on a series whose unit is no unit of time.</summary>
    internal void RefuseDuration(SeriesIdentity series) => Refuse(
        new SeriesProbe(@namespace, series.Name, series.Unit, []),
        LossReason.InvalidValue,
        $"A duration is put in seconds, milliseconds, microseconds or without a unit; the series has the unit {MetricUnitNames.Of(series.Unit)}");

    /// <summary>Binds the series that takes what is over the budget, and tells that there is more than fits.</summary>
    internal MetricSeries? TryBindOverflow(string name, MetricUnit unit, ReadOnlySpan<MetricDimension> dimensions)
    {
        MetricSeries? series = TryBind(name, unit, dimensions);
        ReportFolded(series is not null, name);
        return series;
    }

    /// <summary>Tells that something about a metric is kept, but not as the application gave it.</summary>
    internal void TellChanged(string name, string cause, string change, long count) => events.InputChanged(ledger.Signal, cause, name, change, count);

    /// <summary>Books a measurement that is no number CloudWatch takes.</summary>
    internal void RefuseValue(string name, double value) => RefuseValue(new SeriesProbe(@namespace, name, MetricUnit.None, []), value);

    /// <summary>Books a sample whose dimensions cannot even be read.</summary>
    internal void RefuseDimension(string name, string rule) =>
        Refuse(new SeriesProbe(@namespace, name, MetricUnit.None, []), LossReason.InvalidDimension, rule);

    /// <summary>Books a measurement that cannot be kept apart any more and means nothing when it is not.</summary>
    internal void RefuseOverBudget(string name) => Refuse(
        new SeriesProbe(@namespace, name, MetricUnit.None, []),
        LossReason.CardinalityBudget,
        "An observable counter reports more tag sets than MaxSeriesPerMetric; the growth of further ones cannot be told");

    /// <summary>Puts a sample the long way: makes the series if need be, and books a sample that cannot be kept.</summary>
    /// <returns>The series that took the sample, or <see langword="null"/> when it was refused.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal SeriesState? Put(in SeriesProbe probe, double value)
    {
        if (!MetricRules.IsValidValue(value))
        {
            RefuseValue(probe, value);
            return null;
        }

        while (Resolve(probe) is { } state)
        {
            if (state.TryPut(value))
            {
                return state;
            }

            // The series was released between look-up and sample: it is found anew, unless everything is closed.
            if (registry.IsClosed)
            {
                ledger.RefuseOnHotPath(LossReason.Closed, Late);
                return null;
            }
        }

        return null;
    }

    private static string ParameterOf(LossReason reason) => reason == LossReason.InvalidDimension ? "dimensions" : "name";

    private SeriesState? Resolve(in SeriesProbe probe)
    {
        SeriesState? state = registry.Resolve(probe, out Refusal refusal, out bool folded);
        if (state is null)
        {
            Refuse(probe, refusal.Reason, refusal.Rule);
        }

        ReportFolded(folded, probe.Name);
        return state;
    }

    private LossReason? CheckTime(DateTimeOffset timestamp)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (timestamp < now - MetricLimits.MaxAge)
        {
            return LossReason.TooOld;
        }

        return timestamp > now + MetricLimits.MaxAhead ? LossReason.TooNew : null;
    }

    private void RefuseValue(in SeriesProbe probe, double value) => Refuse(
        probe, LossReason.InvalidValue, $"A value is finite and within -2^360 to 2^360; {value.ToString(CultureInfo.InvariantCulture)} was put");

    private void Refuse(in SeriesProbe probe, LossReason reason, string rule)
    {
        if (reason == LossReason.Closed)
        {
            ledger.RefuseOnHotPath(reason, Late);
        }
        else
        {
            ledger.RefuseMisuse(reason, probe.Name ?? "(null)", rule);
        }
    }

    private void ReportFolded(bool folded, string name)
    {
        if (folded)
        {
            TellChanged(name, nameof(LossReason.CardinalityBudget), SeriesFactory.Folding, 1);
        }
    }
}
