using System.Globalization;
using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Metrics;

/// <summary>Binds series whose every part is given: no default dimension, unit, resolution or roll-up of configuration is added, so that they are what their definition says anywhere.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ExactPublisher(SeriesRegistry registry, LateSamples late, LossLedger ledger, IDiagnosticEvents events)
{
    /// <summary>Gets a value indicating whether no series takes a sample any more.</summary>
    internal bool IsClosed => registry.IsClosed;

    /// <summary>Binds a series. A broken rule of CloudWatch is counted as a lost sample and reported.</summary>
    /// <param name="namespace">The namespace; its owner has checked it.</param>
    /// <param name="name">The metric's name; its owner has checked it.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="dimensions">The dimensions, whose values come from data.</param>
    /// <returns>The series, or <see langword="null"/>.</returns>
    internal ExactSeries? TryBind(string @namespace, string name, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions)
    {
        if (MetricRules.CheckDimensions(dimensions) is { } broken)
        {
            Refuse(LossReason.InvalidDimension, name, broken);
            return null;
        }

        return new ExactSeries(this, new SeriesIdentity(@namespace, name, unit, StorageResolution.Standard, dimensions.ToArray()));
    }

    /// <summary>Finds the live side of a series; <see langword="null"/> once everything is closed.</summary>
    internal SeriesState? Resolve(SeriesIdentity identity)
    {
        SeriesState? state = registry.ResolveExact(identity, out bool folded);
        if (folded)
        {
            events.InputChanged(ledger.Signal, nameof(LossReason.CardinalityBudget), identity.Name, SeriesFactory.Folding, 1);
        }

        return state;
    }

    /// <summary>Adds a sample to a period that is over.</summary>
    internal bool PutLate(SeriesState state, DateTimeOffset time, double value)
    {
        if (late.Put(state, time, value) is not { } refused)
        {
            return true;
        }

        Refuse(refused, state.Identity.Name, $"More than {LateSamples.MaxTables} late series and periods wait to be sent, or the publisher is closed");
        return false;
    }

    internal bool RefuseValue(string name, double value)
    {
        Refuse(
            LossReason.InvalidValue, name, string.Create(CultureInfo.InvariantCulture, $"A value is finite and within -2^360 to 2^360; {value} was put"));
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
