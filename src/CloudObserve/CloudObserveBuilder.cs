using CloudObserve.Audit;
using CloudObserve.Delivery;
using CloudObserve.Filters;
using CloudObserve.Hosting;
using CloudObserve.Local;
using CloudObserve.Logs;
using CloudObserve.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudObserve;

/// <summary>
/// Configures the library. Methods may be called in any order and more than once; code takes precedence over configuration.
/// </summary>
/// <threadsafety>Not safe for concurrent use. Use it during application start only.</threadsafety>
public sealed class CloudObserveBuilder
{
    internal CloudObserveBuilder(IServiceCollection services) => Services = services;

    /// <summary>Gets the services of the host.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Sends everything to Amazon CloudWatch.</summary>
    /// <returns>This builder.</returns>
    /// <remarks>The same as <c>"CloudObserve:Destination": "Aws"</c>. Nothing is contacted before the first batch is sent.</remarks>
    public CloudObserveBuilder UseAws() => Configure(options => options.Destination = Destination.Aws);

    /// <summary>Sends everything to Amazon CloudWatch, with an explicit region, profile, endpoint or credentials.</summary>
    /// <param name="configure">A callback that sets the options. Values that it leaves unset are found by the standard AWS chain.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder UseAws(Action<AwsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _ = Services.Configure(configure);
        return UseAws();
    }

    /// <summary>Keeps a copy of everything in the embedded CloudWatch of this process, where it can be queried.</summary>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// The same as <c>"CloudObserve:Local:Copy": true</c>; see <see cref="LocalOptions.Copy"/>. The copy is read with the service
    /// <see cref="EmbeddedCloudWatch"/>.
    /// </remarks>
    public CloudObserveBuilder KeepLocalCopy() => Configure(options => options.Local.Copy = true);

    /// <summary>Sends everything to a custom sink instead.</summary>
    /// <param name="create">Creates the sink; called once, when the library is first used or the first batch is sent. The host disposes of
    /// the sink.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder UseSink(Func<IServiceProvider, IBatchSink> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _ = Services.RemoveAll<IBatchSink>().AddSingleton<IBatchSink>(p => new DeferredSink(() => create(p)));
        return this;
    }

    /// <summary>Configures how metrics are aggregated and published.</summary>
    /// <param name="configure">A callback that sets options in addition to the configuration, or <see langword="null"/>.</param>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// Metrics are published without this call too. <see cref="IMetricPublisher"/> is a service of every host that uses the library.
    /// </remarks>
    public CloudObserveBuilder WithMetrics(Action<MetricsOptions>? configure = null) =>
        configure is null ? this : Configure(options => configure(options.Metrics));

    /// <summary>Ships the log events that the application writes through <c>ILogger</c>.</summary>
    /// <param name="configure">A callback that sets options in addition to the configuration, or <see langword="null"/>.</param>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// The shipped categories and levels are configured as for every provider, under <c>Logging:CloudObserve:LogLevel</c>.
    /// </remarks>
    public CloudObserveBuilder WithLogs(Action<LogsOptions>? configure = null)
    {
        _ = Services.AddCloudObserveLogs();
        return configure is null ? this : Configure(options => configure(options.Logs));
    }

    /// <summary>Formats log events with a custom formatter.</summary>
    /// <param name="create">Creates the formatter; called once.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder UseLogEventFormatter(Func<IServiceProvider, ILogEventFormatter> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _ = Services.RemoveAll<ILogEventFormatter>().AddSingleton(create);
        return this;
    }

    /// <summary>Extracts a metric from log events: each event that matches a pattern adds to the metric.</summary>
    /// <param name="name">The filter's name: 1 to 512 characters without <c>:</c> and <c>*</c>. If the configuration has a filter of that
    /// name, these settings are added to it.</param>
    /// <param name="pattern">The pattern of matching events, in the filter pattern language of CloudWatch Logs.</param>
    /// <param name="configure">Configures the metric that matching events add to.</param>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// The filter sees the shipped events (<see cref="WithLogs"/>), each as the bytes that are shipped, after redaction of secrets. The
    /// metric is the same that CloudWatch Logs would create from the filter: no default dimension is added. Faults are reported when the
    /// application starts.
    /// </remarks>
    public CloudObserveBuilder AddMetricFilter(string name, string pattern, Action<MetricFilterBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(configure);
        return Configure(options =>
        {
            if (!options.MetricFilters.TryGetValue(name, out MetricFilterOptions? filter))
            {
                options.MetricFilters[name] = filter = new MetricFilterOptions();
            }

            filter.Pattern = pattern;
            configure(new MetricFilterBuilder(filter));
        });
    }

    /// <summary>
    /// Adds an audit trail: <see cref="IAuditTrail"/> records every action and its user on disk, protected against undetected changes.
    /// </summary>
    /// <param name="configure">A callback that sets options in addition to the configuration, or <see langword="null"/>.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder WithAuditTrail(Action<AuditTrailOptions>? configure = null)
    {
        _ = Services.AddCloudObserveAuditTrail();
        return configure is null ? this : Configure(options => configure(options.AuditTrail));
    }

    /// <summary>Signs the audit trail's digests with a custom signer, whose key need not be in this process.</summary>
    /// <param name="create">Creates the signer; called once.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder UseAuditSigner(Func<IServiceProvider, AuditSigner> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _ = Services.RemoveAll<AuditSigner>().AddSingleton(create);
        return this;
    }

    /// <summary>Ships the audit trail's finished files to a custom store. For Amazon S3, use the package <c>CloudObserve.S3</c>.</summary>
    /// <param name="create">Creates the shipper; called when the trail is opened, and again later if it throws.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder UseAuditFileShipper(Func<IServiceProvider, IAuditFileShipper> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _ = Services.RemoveAll<AuditFileShipperSource>().AddSingleton(p => new AuditFileShipperSource(() => create(p)));
        return this;
    }

    /// <summary>Configures how batches are delivered.</summary>
    /// <param name="configure">A callback that sets the options.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder WithDelivery(Action<DeliveryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Configure(options => configure(options.Delivery));
    }

    /// <summary>Adds a delivery channel, through which another package sends batches of its own to a sink of its own.</summary>
    /// <param name="name">The name in ledgers, status, health and metrics, and of the spool's directory: 1 to 64 small letters, digits and
    /// dashes, beginning with a letter.</param>
    /// <param name="createSink">Creates the sink; called once, when the host starts or the channel is first used. The host disposes of the
    /// sink.</param>
    /// <param name="configure">A callback that sets the channel's options, or <see langword="null"/>. They are named options, so they can
    /// also be configured through <see cref="Services"/>.</param>
    /// <returns>This builder.</returns>
    /// <remarks>The channel is the keyed service <see cref="IDeliveryChannel"/>, whose key is its name.</remarks>
    /// <exception cref="ArgumentException">The name breaks a rule, is that of a built-in signal, or was added before.</exception>
    public CloudObserveBuilder AddDeliveryChannel(
        string name, Func<IServiceProvider, IBatchSink> createSink, Action<DeliveryChannelOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(createSink);
        if (DeliveryChannelRules.BrokenRule(name, Services) is { } broken)
        {
            throw new ArgumentException($"The delivery channel '{name}' cannot be added: {broken}.", nameof(name));
        }

        _ = Services.AddCloudObserveChannel(name, createSink);
        if (configure is not null)
        {
            _ = Services.Configure(name, configure);
        }

        return this;
    }

    private CloudObserveBuilder Configure(Action<CloudObserveOptions> configure)
    {
        _ = Services.Configure(configure);
        return this;
    }
}
