using System.Globalization;
using System.Runtime.CompilerServices;
using CloudObserve.Contracts;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Metrics;

/// <summary>The entry point of the aggregator: looks series up, checks values, and counts refused samples as lost.</summary>
internal sealed class MetricPublisher(
    string @namespace,
    SeriesRegistry registry,
    LateSamples late,
    LossLedger ledger,
    IDiagnosticEvents events,
    TimeProvider time) : IMetricPublisher
{
    /// <summary>The detail of a loss for samples that are put after the library was closed.</summary>
    internal const string Late = "it was put after the library was closed.";

    /// <summary>Gets the name of the signal in reports.</summary>
    internal string SignalName => ledger.Signal;

    /// <summary>Gets the clock that durations are measured with.</summary>
    internal TimeProvider Time => time;

    public void Put(string name, double value, params ReadOnlySpan<MetricDimension> dimensions) =>
        Put(name, value, MetricUnit.None, dimensions);

    public void Put(string name, double value, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions)
    {
        if (!MetricRules.IsValidValue(value) || registry.FindAtOnce(@namespace, name, unit, dimensions) is not { } state
            || !state.TryPut(value))
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
            Refuse(probe, reason, $"A timestamp must be at most two weeks old and at most two hours ahead; it is {timestamp:O}");
        }
        else if (!MetricRules.IsValidValue(value))
        {
            RefuseValue(probe, value);
        }
        else if (Resolve(probe) is { } state && late.Put(state, timestamp, value) is { } refused)
        {
            Refuse(probe, refused, $"{LateSamples.MaxTables} late series and periods are already waiting to be sent, or the "
                + "publisher is closed");
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

    /// <summary>Binds a series. If a rule is broken, counts and reports the loss instead of throwing.</summary>
    internal MetricSeries? TryBind(string name, MetricUnit unit, ReadOnlySpan<MetricDimension> dimensions)
    {
        SeriesProbe probe = new(@namespace, name, unit, dimensions);
        return Resolve(probe) is { } state ? new MetricSeries(this, new SeriesKey(probe), state) : null;
    }

    /// <summary>Counts a duration as lost that was measured on a series whose unit is not a unit of time.</summary>
    internal void RefuseDuration(SeriesIdentity series) => Refuse(
        new SeriesProbe(@namespace, series.Name, series.Unit, []),
        LossReason.InvalidValue,
        "A duration needs a series in seconds, milliseconds, microseconds or without a unit; this series has the unit "
            + $"{MetricUnitNames.Of(series.Unit)}");

    /// <summary>Binds the series for measurements over the budget, and reports that the budget is used up.</summary>
    internal MetricSeries? TryBindOverflow(string name, MetricUnit unit, ReadOnlySpan<MetricDimension> dimensions)
    {
        MetricSeries? series = TryBind(name, unit, dimensions);
        ReportFolded(series is not null, name);
        return series;
    }

    /// <summary>Reports that input for a metric was kept in a changed form.</summary>
    internal void TellChanged(string name, string cause, string change, long count) =>
        events.InputChanged(new InputChange(ledger.Signal, cause, name, change, count));

    /// <summary>Counts a measurement as lost whose value CloudWatch does not accept.</summary>
    internal void RefuseValue(string name, double value) => RefuseValue(new SeriesProbe(@namespace, name, MetricUnit.None, []), value);

    /// <summary>Counts a sample as lost whose dimensions could not be read.</summary>
    internal void RefuseDimension(string name, string rule) =>
        Refuse(new SeriesProbe(@namespace, name, MetricUnit.None, []), MetricLossReasons.InvalidDimension, rule);

    /// <summary>Counts a measurement as lost that has no meaning once it is merged with others.</summary>
    internal void RefuseOverBudget(string name) => Refuse(
        new SeriesProbe(@namespace, name, MetricUnit.None, []),
        MetricLossReasons.CardinalityBudget,
        "An observable counter reports more tag sets than MaxSeriesPerMetric; the growth of further tag sets is unknown");

    /// <summary>Adds a sample without the caches: creates the series if necessary, and counts a refused sample as lost.</summary>
    /// <returns>The series that accepted the sample, or <see langword="null"/> if the sample was refused.</returns>
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

            // The series was released between look-up and sample. It is looked up again, unless the registry is closed.
            if (registry.IsClosed)
            {
                ledger.RefuseOnHotPath(LossReason.Closed, Late);
                return null;
            }
        }

        return null;
    }

    private static string ParameterOf(LossReason reason) => reason == MetricLossReasons.InvalidDimension ? "dimensions" : "name";

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
        if (timestamp < now - ServiceLimits.MaxAge)
        {
            return LossReason.TooOld;
        }

        return timestamp > now + ServiceLimits.MaxAhead ? LossReason.TooNew : null;
    }

    private void RefuseValue(in SeriesProbe probe, double value) => Refuse(
        probe,
        LossReason.InvalidValue,
        $"A value must be finite and within -2^360 to 2^360; it is {value.ToString(CultureInfo.InvariantCulture)}");

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
            TellChanged(name, nameof(MetricLossReasons.CardinalityBudget), SeriesFactory.Folding, 1);
        }
    }
}
