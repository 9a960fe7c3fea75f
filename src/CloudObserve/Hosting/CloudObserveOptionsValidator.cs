using CloudObserve.Diagnostics;
using CloudObserve.Filters.Transformations;
using CloudObserve.Logs;
using CloudObserve.Metrics;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.Local;
using Microsoft.Extensions.Options;

namespace CloudObserve.Hosting;

/// <summary>Validates all options at start and reports all faults together.</summary>
/// <remarks>
/// No value is corrected or clamped. The checks of one kind of options are beside them; the checks that need the options of several signals
/// are in this folder.
/// </remarks>
internal sealed class CloudObserveOptionsValidator : IValidateOptions<CloudObserveOptions>
{
    /// <inheritdoc/>
    /// <exception cref="OptionFaultsException">
    /// The options have faults. An exception is thrown because a failed result would be written as one line.
    /// </exception>
    public ValidateOptionsResult Validate(string? name, CloudObserveOptions options)
    {
        OptionFaults faults = new();
        foreach (UnreadableValue unreadable in options.Unreadable)
        {
            faults.Add(unreadable.Key[(CloudObserveOptions.SectionName.Length + 1)..], unreadable.Value, unreadable.Rule);
        }

        faults.Defined(nameof(options.Destination), options.Destination);
        MetricsOptionsChecks.Check(faults, options.Metrics);
        EmbeddedMetricFormatChecks.Check(faults, options);
        LogsOptionsChecks.Check(faults, options.Logs);
        MetricFilterOptionsChecks.Check(faults, options.MetricFilters, options.Logs);
        AuditOptionsChecks.Check(faults, options.AuditTrail, options.Logs);
        DeliveryOptionsChecks.Check(faults, options.Delivery);
        LocalOptionsChecks.Check(faults, options.Local);
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : throw new OptionFaultsException(name ?? "", faults.All);
    }
}
