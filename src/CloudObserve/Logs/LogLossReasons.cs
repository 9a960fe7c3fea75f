using CloudObserve.Delivery;

namespace CloudObserve.Logs;

/// <summary>Provides the loss reasons of log events, in addition to those of <see cref="LossReason"/>.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public static class LogLossReasons
{
    /// <summary>Gets the reason for an event that does not exist because the application's own code failed.</summary>
    /// <remarks>A formatter threw or timed out, or logging a value caused endless logging.</remarks>
    public static LossReason FormatterFailed { get; } = new(nameof(FormatterFailed));

    /// <summary>Gets the reason for an event that a metric filter has counted and is configured to discard.</summary>
    /// <remarks>The loss is intended.</remarks>
    public static LossReason DiscardedByFilter { get; } = new(nameof(DiscardedByFilter), isIntended: true);

    /// <summary>Gets the reason for an event that a metric filter has counted and of which it keeps only one of several.</summary>
    /// <remarks>The loss is intended.</remarks>
    public static LossReason SampledOut { get; } = new(nameof(SampledOut), isIntended: true);

    /// <summary>Gets all of them.</summary>
    internal static IReadOnlyList<LossReason> All { get; } = [FormatterFailed, DiscardedByFilter, SampledOut];

    /// <summary>Returns the broken rule for health and status, if the rule in the log may quote logged data.</summary>
    /// <remarks>The rule of a failed formatter quotes an exception of the application's code.</remarks>
    internal static string? PublicRuleOf(LossReason reason) =>
        reason == FormatterFailed ? "the application's own code failed; see the log for details." : null;
}
