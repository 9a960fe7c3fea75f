using System.Globalization;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Metrics;

/// <summary>Binds series whose every part is given, without adding configured default dimensions, units, resolutions or roll-ups.</summary>
/// <remarks>A series is therefore the same in every process, as its definition says.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class FilterMetricPublisher(SeriesRegistry registry, LateSamples late, LossLedger ledger, IDiagnosticEvents events)
{
    /// <summary>Gets a value indicating whether no series accepts samples any more.</summary>
    internal bool IsClosed => registry.IsClosed;

    /// <summary>Binds a series. If a rule of CloudWatch is broken, a sample is counted as lost and reported.</summary>
    /// <param name="namespace">The namespace; the caller has checked it.</param>
    /// <param name="name">The metric's name; the caller has checked it.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="dimensions">The dimensions. Their values come from data and are checked here.</param>
    /// <returns>The series, or <see langword="null"/> if a rule is broken.</returns>
    internal FilterMetricSeries? TryBind(string @namespace, string name, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions)
    {
        if (MetricRules.CheckDimensions(dimensions) is { } broken)
        {
            Refuse(MetricLossReasons.InvalidDimension, name, broken);
            return null;
        }

        return new FilterMetricSeries(this, new SeriesIdentity(@namespace, name, unit, StorageResolution.Standard, dimensions.ToArray()));
    }

    /// <summary>Finds the live state of a series, or returns <see langword="null"/> if the registry is closed.</summary>
    internal SeriesState? Resolve(SeriesIdentity identity)
    {
        SeriesState? state = registry.ResolveExact(identity, out bool folded);
        if (folded)
        {
            events.InputChanged(new InputChange(
                ledger.Signal, nameof(MetricLossReasons.CardinalityBudget), identity.Name, SeriesFactory.Folding, 1));
        }

        return state;
    }

    /// <summary>Adds a sample to a period that has ended.</summary>
    internal bool PutLate(SeriesState state, DateTimeOffset time, double value)
    {
        if (late.Put(state, time, value) is not { } refused)
        {
            return true;
        }

        Refuse(refused, state.Identity.Name, $"{LateSamples.MaxTables} late series and periods are already waiting to be sent, or "
            + "the publisher is closed");
        return false;
    }

    internal bool RefuseValue(string name, double value)
    {
        Refuse(
            LossReason.InvalidValue,
            name,
            string.Create(CultureInfo.InvariantCulture, $"A value must be finite and within -2^360 to 2^360; it is {value}"));
        return false;
    }

    internal bool RefuseClosed()
    {
        ledger.RefuseOnHotPath(LossReason.Closed, MetricPublisher.Late);
        return false;
    }

    private void Refuse(LossReason reason, string name, string rule)
    {
        if (reason == LossReason.Closed)
        {
            ledger.RefuseOnHotPath(reason, MetricPublisher.Late);
        }
        else
        {
            ledger.RefuseMisuse(reason, name, rule);
        }
    }
}
