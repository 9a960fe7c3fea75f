using Microsoft.Extensions.Options;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Reports all faults of definitions, each on a line of its own.</summary>
internal sealed class MonitoringFaultsException(IReadOnlyList<string> faults)
    : OptionsValidationException(MonitoringOptions.SectionName, typeof(MonitoringOptions), faults)
{
    public override string Message => string.Join(Environment.NewLine, Failures);
}
