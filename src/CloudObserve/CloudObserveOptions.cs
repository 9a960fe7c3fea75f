using CloudObserve.Audit;
using CloudObserve.Delivery;
using CloudObserve.Filters;
using CloudObserve.Hosting;
using CloudObserve.Local;
using CloudObserve.Logs;
using CloudObserve.Metrics;

namespace CloudObserve;

/// <summary>Options of the library: configuration section <c>CloudObserve</c>.</summary>
/// <remarks>The options are read once, at start; all faults are then reported together.</remarks>
public sealed class CloudObserveOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string SectionName = "CloudObserve";

    /// <summary>Gets or sets the destination of the data.</summary>
    /// <value>The default is <see cref="Destination.Local"/>.</value>
    public Destination Destination { get; set; }

    /// <summary>Gets or sets the directory for data that must outlive the process: the spool of undeliverable batches.</summary>
    /// <value>
    /// The default is <see langword="null"/>: <c>STATE_DIRECTORY</c> if the service manager sets it, otherwise
    /// <c>cloudobserve/{application}</c> below the user's local application data, or else below the temporary directory. Nothing is created
    /// before it is needed.
    /// </value>
    public string? StateDirectory { get; set; }

    /// <summary>Gets the options for the aggregation and publication of metrics.</summary>
    public MetricsOptions Metrics { get; } = new();

    /// <summary>
    /// Gets the options for log events. They have an effect only if logs are added (<see cref="CloudObserveBuilder.WithLogs"/>).
    /// </summary>
    public LogsOptions Logs { get; } = new();

    /// <summary>
    /// Gets the filters that extract metrics from log events, by name. They need logs (<see cref="CloudObserveBuilder.WithLogs"/>).
    /// </summary>
    public IDictionary<string, MetricFilterOptions> MetricFilters { get; } =
        new Dictionary<string, MetricFilterOptions>(StringComparer.Ordinal);

    /// <summary>
    /// Gets the options of the audit trail. They have an effect only if it is added (<see cref="CloudObserveBuilder.WithAuditTrail"/>).
    /// </summary>
    public AuditTrailOptions AuditTrail { get; } = new();

    /// <summary>Gets the options for the delivery of batches.</summary>
    public DeliveryOptions Delivery { get; } = new();

    /// <summary>Gets the limits of the embedded CloudWatch. They have an effect with <see cref="Destination.Local"/> or a local
    /// copy.</summary>
    public LocalOptions Local { get; } = new();

    /// <summary>Gets the configuration values that could not be read, which the validation reports.</summary>
    internal IList<UnreadableValue> Unreadable { get; } = [];
}
