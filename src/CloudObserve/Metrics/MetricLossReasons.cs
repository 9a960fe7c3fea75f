using CloudObserve.Delivery;

namespace CloudObserve.Metrics;

/// <summary>Provides the loss reasons of metrics, in addition to those of <see cref="LossReason"/>.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public static class MetricLossReasons
{
    /// <summary>Gets the reason for a name, namespace, unit or resolution that breaks CloudWatch's rules.</summary>
    public static LossReason InvalidName { get; } = new(nameof(InvalidName));

    /// <summary>Gets the reason for a dimension that breaks CloudWatch's rules: too many, blank, too long, not ASCII, or given
    /// twice.</summary>
    public static LossReason InvalidDimension { get; } = new(nameof(InvalidDimension));

    /// <summary>Gets the reason for a sample of a metric beyond the cardinality budget.</summary>
    public static LossReason CardinalityBudget { get; } = new(nameof(CardinalityBudget));

    /// <summary>Gets the reason for samples beyond the limit that the embedded metric format has for one series and period.</summary>
    public static LossReason SampleBudget { get; } = new(nameof(SampleBudget));

    /// <summary>Gets the reason for data that was to be written to standard output, which is closed or broken.</summary>
    public static LossReason OutputBroken { get; } = new(nameof(OutputBroken));

    /// <summary>Gets all of them.</summary>
    internal static IReadOnlyList<LossReason> All { get; } = [InvalidName, InvalidDimension, CardinalityBudget, SampleBudget, OutputBroken];
}
