using CloudObserve.Audit;
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
/// No value is corrected or clamped. The validator of a section is beside its options. The checks that need the options of several signals
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
        MetricsOptionsValidator.Check(faults, options.Metrics);
        LogsOptionsValidator.Check(faults, options.Logs);
        MetricFilterOptionsValidator.Check(faults, options.MetricFilters, options.Logs);
        AuditTrailOptionsValidator.Check(faults, options.AuditTrail);
        LogDestinationChecks.Check(faults, options);
        DeliveryOptionsValidator.Check(faults, options.Delivery);
        LocalOptionsValidator.Check(faults, options.Local);
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : throw new OptionFaultsException(name ?? "", faults.All);
    }
}
