using CloudObserve.Audit;
using CloudObserve.Filters;
using CloudObserve.Hosting;
using CloudObserve.Logs;
using CloudObserve.Metrics;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.Local;

namespace CloudObserve;

/// <summary>Everything that can be set: the configuration section <c>CloudObserve</c>. Read once, at start; all faults are reported together then.</summary>
public sealed class CloudObserveOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string SectionName = "CloudObserve";

    /// <summary>Gets or sets where the data goes.</summary>
    /// <value>The default is <see cref="Destination.Local"/>.</value>
    public Destination Destination { get; set; }

    /// <summary>Gets or sets the directory in which the library keeps what must outlive the process: the spool of batches that could not be delivered.</summary>
    /// <value>
    /// The default is <see langword="null"/>: <c>STATE_DIRECTORY</c> if the service manager sets it, else <c>cloudobserve/{application}</c> below the
    /// user's local application data, else below the temporary directory. Nothing is created before it is needed.
    /// </value>
    public string? StateDirectory { get; set; }

    /// <summary>Gets how metrics are aggregated and published.</summary>
    public MetricsOptions Metrics { get; } = new();

    /// <summary>Gets how log events are captured, written and addressed. It matters only when logs are added (<see cref="CloudObserveBuilder.WithLogs"/>).</summary>
    public LogsOptions Logs { get; } = new();

    /// <summary>Gets the filters that turn log events into metrics, by their names. They matter only when logs are added (<see cref="CloudObserveBuilder.WithLogs"/>).</summary>
    public IDictionary<string, MetricFilterOptions> MetricFilters { get; } = new Dictionary<string, MetricFilterOptions>(StringComparer.Ordinal);

    /// <summary>Gets where the audit trail is kept and how. It matters only when the trail is added (<see cref="CloudObserveBuilder.WithAuditTrail"/>).</summary>
    public AuditTrailOptions AuditTrail { get; } = new();

    /// <summary>Gets how batches are delivered.</summary>
    public DeliveryOptions Delivery { get; } = new();

    /// <summary>Gets how much the embedded CloudWatch may keep. It matters only with <see cref="Destination.Local"/>.</summary>
    public LocalOptions Local { get; } = new();

    /// <summary>Gets what the configuration says that could not be read, for the validation to tell.</summary>
    internal IList<UnreadableValue> Unreadable { get; } = [];
}
