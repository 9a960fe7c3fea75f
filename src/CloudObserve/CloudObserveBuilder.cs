using CloudObserve.Audit;
using CloudObserve.Filters;
using CloudObserve.Hosting;
using CloudObserve.Logs;
using CloudObserve.Metrics;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.CloudWatch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudObserve;

/// <summary>Sets the library up. Steps may come in any order and more than once; what is set in code wins over configuration.</summary>
/// <threadsafety>Not safe for concurrent use; it belongs to the start of the application.</threadsafety>
public sealed class CloudObserveBuilder
{
    internal CloudObserveBuilder(IServiceCollection services) => Services = services;

    /// <summary>Gets the services of the host.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Sends everything to Amazon CloudWatch.</summary>
    /// <returns>This builder.</returns>
    /// <remarks>The same as <c>"CloudObserve:Destination": "Aws"</c>. Nothing is contacted before the first batch is sent.</remarks>
    public CloudObserveBuilder UseAws() => Configure(options => options.Destination = Destination.Aws);

    /// <summary>Sends everything to Amazon CloudWatch, with a region, profile, address or credentials of your own choosing.</summary>
    /// <param name="configure">The step. What it leaves unset is found by the standard AWS chain.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder UseAws(Action<AwsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _ = Services.Configure(configure);
        return UseAws();
    }

    /// <summary>Sends everything to a sink of your own instead.</summary>
    /// <param name="create">Makes the sink; called once, when the library is first used or the first batch is sent. The sink is disposed of with the host.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder UseSink(Func<IServiceProvider, IBatchSink> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _ = Services.RemoveAll<IBatchSink>().AddSingleton<IBatchSink>(p => new DeferredSink(() => create(p)));
        return this;
    }

    /// <summary>Sets how metrics are aggregated and published.</summary>
    /// <param name="configure">The step, if there is anything to set beyond the configuration.</param>
    /// <returns>This builder.</returns>
    /// <remarks>Metrics are published without this call too. <see cref="IMetricPublisher"/> is a service of every host that has the library.</remarks>
    public CloudObserveBuilder WithMetrics(Action<MetricsOptions>? configure = null) =>
        configure is null ? this : Configure(options => configure(options.Metrics));

    /// <summary>Ships what the application logs through <c>ILogger</c>.</summary>
    /// <param name="configure">The step, if there is anything to set beyond the configuration.</param>
    /// <returns>This builder.</returns>
    /// <remarks>Which categories and levels are shipped is set as for any provider, under <c>Logging:CloudObserve:LogLevel</c>.</remarks>
    public CloudObserveBuilder WithLogs(Action<LogsOptions>? configure = null)
    {
        _ = Services.AddCloudObserveLogs();
        return configure is null ? this : Configure(options => configure(options.Logs));
    }

    /// <summary>Writes log events in a form of your own.</summary>
    /// <param name="create">Makes the formatter; called once.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder UseLogEventFormatter(Func<IServiceProvider, ILogEventFormatter> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _ = Services.RemoveAll<ILogEventFormatter>().AddSingleton(create);
        return this;
    }

    /// <summary>Turns log events into a metric: each event that matches a pattern adds to it.</summary>
    /// <param name="name">The filter's name: 1 to 512 characters without <c>:</c> and <c>*</c>. A filter of that name in the configuration gets what is set here on top.</param>
    /// <param name="pattern">Which events match, in the filter pattern language of CloudWatch Logs.</param>
    /// <param name="configure">Says what is made of the events that match.</param>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// It sees the events that are shipped (<see cref="WithLogs"/>), each as the bytes that are shipped, secrets already taken out. The metric is
    /// what CloudWatch Logs would make of the same filter: no default dimension is added to it. Faults are reported when the application starts.
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

    /// <summary>Keeps an audit trail: <see cref="IAuditTrail"/> records on disk who did what, so that nobody can change it unseen.</summary>
    /// <param name="configure">The step, if there is anything to set beyond the configuration.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder WithAuditTrail(Action<AuditTrailOptions>? configure = null)
    {
        _ = Services.AddCloudObserveAuditTrail();
        return configure is null ? this : Configure(options => configure(options.AuditTrail));
    }

    /// <summary>Signs the audit trail's digests with a signer of your own, whose key this process need not have.</summary>
    /// <param name="create">Makes the signer; called once.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder UseAuditSigner(Func<IServiceProvider, AuditSigner> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _ = Services.RemoveAll<AuditSigner>().AddSingleton(create);
        return this;
    }

    /// <summary>Ships the audit trail's finished files to a store of your own choosing. For Amazon S3 there is the package <c>CloudObserve.S3</c>.</summary>
    /// <param name="create">Makes the shipper; called when the trail is opened, and again later if it throws.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder UseAuditFileShipper(Func<IServiceProvider, IAuditFileShipper> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _ = Services.RemoveAll<AuditFileShipperSource>().AddSingleton(p => new AuditFileShipperSource(() => create(p)));
        return this;
    }

    /// <summary>Sets how batches are delivered.</summary>
    /// <param name="configure">The step.</param>
    /// <returns>This builder.</returns>
    public CloudObserveBuilder WithDelivery(Action<DeliveryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Configure(options => configure(options.Delivery));
    }

    private CloudObserveBuilder Configure(Action<CloudObserveOptions> configure)
    {
        _ = Services.Configure(configure);
        return this;
    }
}
