using System.Diagnostics.Metrics;
using CloudObserve.Audit;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Filters.Transformations;
using CloudObserve.Local;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Logs;
using CloudObserve.Logs.Capture;
using CloudObserve.Metrics;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Pipeline.Lifecycle;
using CloudObserve.Sinks;
using CloudObserve.Sinks.CloudWatch;
using CloudObserve.Sinks.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudObserve.Hosting;

/// <summary>Registers the services of the library.</summary>
/// <remarks>This is the composition root; registering twice has no effect.</remarks>
internal static class CloudObserveServices
{
    internal static IServiceCollection AddCloudObserveOptions(this IServiceCollection services)
    {
        if (services.Any(s => s.ServiceType == typeof(ConfigurationMarker)))
        {
            return services;
        }

        // Configuration is bound first, so that values set in code afterwards take precedence.
        _ = services.AddSingleton<ConfigurationMarker>();
        _ = services.AddSingleton<IConfigureOptions<CloudObserveOptions>>(p => new ConfigurationOptions(p.GetService<IConfiguration>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CloudObserveOptions>, CloudObserveOptionsValidator>());
        _ = services.AddOptions<CloudObserveOptions>().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }

    internal static IServiceCollection AddCloudObserveDiagnostics(this IServiceCollection services)
    {
        services.TryAddSingleton(p => new DiagnosticEvents(
            new DeferredLoggerFactory(p), p.GetService<IMeterFactory>(), p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IDiagnosticEvents>(p => p.GetRequiredService<DiagnosticEvents>());
        services.TryAddSingleton(p => p.GetRequiredService<DiagnosticEvents>().Sources);
        services.TryAddSingleton(p => p.GetRequiredService<DiagnosticEvents>().Health);
        return services;
    }

    internal static IServiceCollection AddCloudObserveSink(this IServiceCollection services)
    {
        services.TryAddSingleton(
            p => new EmbeddedCloudWatch(
                Microsoft.Extensions.Options.Options.Create(Options(p).Local), p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(p => LocalComposition.CreateSink(
            p.GetRequiredService<EmbeddedCloudWatch>(),
            GroupSettings(p),
            Options(p).Local,
            Path.GetFullPath(p.GetService<IHostEnvironment>()?.ContentRootPath ?? Environment.CurrentDirectory),
            p.GetRequiredService<IDiagnosticEvents>()));
        services.TryAddSingleton<IBatchSink>(p => Options(p).Destination == Destination.Aws
            ? new CloudWatchSink(
                p.GetRequiredService<IOptions<AwsOptions>>().Value,
                p.GetRequiredService<TimeProvider>(),
                p.GetRequiredService<IDiagnosticEvents>(),
                GroupSettings(p))
            : p.GetRequiredService<LocalSink>());
        services.TryAddSingleton(p => LocalComposition.Create(
            Options(p),
            p.GetRequiredService<IBatchSink>(),
            p.GetRequiredService<LocalSink>,
            p.GetRequiredService<IDiagnosticEvents>(),
            p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(p => HostSpool.Create(
            Options(p), ApplicationName(p), p.GetRequiredService<IBatchSink>(), p.GetRequiredService<IDiagnosticEvents>()));
        services.TryAddSingleton(p => new DeliveryTarget(
            p.GetRequiredService<IBatchSink>(),
            p.GetRequiredService<HostSpool>().Directory,
            p.GetRequiredService<LocalComposition>().Copies));
        return services;
    }

    internal static IServiceCollection AddCloudObserveMetrics(this IServiceCollection services)
    {
        services.TryAddSingleton(p => MetricsComposition.Create(
            Options(p), Identity(p), p.GetRequiredService<DeliveryTarget>(), p.GetRequiredService<IDiagnosticEvents>(),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<DiagnosticEvents>().MeterScope));
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<ISignal, MetricsSignal>(p => p.GetRequiredService<MetricsComposition>().Signal));
        services.TryAddSingleton<IMetricPublisher>(p =>
        {
            // Without a host nothing else creates the sink.
            (p.GetRequiredService<IBatchSink>() as DeferredSink)?.Create();
            p.GetRequiredService<CloudObserveRuntime>().Start();
            return p.GetRequiredService<MetricsComposition>().Publisher;
        });
        return services;
    }

    internal static IServiceCollection AddCloudObserveLogs(this IServiceCollection services)
    {
        services.TryAddSingleton(p => new MetricFilterEvaluator(p.GetRequiredService<MetricsComposition>().FilterMetrics));
        services.TryAddSingleton(MetricFilters);
        services.TryAddSingleton(p => LogsComposition.Create(
            Options(p),
            Identity(p),
            p.GetService<ILogEventFormatter>(),
            p.GetRequiredService<DeliveryTarget>(),
            p.GetRequiredService<IDiagnosticEvents>(),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<MetricFilterWatch>().Evaluator,
            p.GetRequiredService<MetricFilterWatch>().PutAsync));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISignal, LogsSignal>(p => p.GetRequiredService<LogsComposition>().Signal));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, CloudObserveLoggerProvider>(p =>
        {
            // Without a host nothing else starts the runtime.
            p.GetRequiredService<CloudObserveRuntime>().Start();
            return p.GetRequiredService<LogsComposition>().Provider;
        }));
        return services.AddLogging();
    }

    internal static IServiceCollection AddCloudObserveAuditTrail(this IServiceCollection services)
    {
        services.TryAddSingleton(p => new AuditInstruments(p.GetService<IMeterFactory>()));
        services.TryAddSingleton(p => new AuditShipping(
            Options(p),
            Identity(p),
            p.GetRequiredService<DeliveryTarget>(),
            p.GetService<AuditFileShipperSource>(),
            p.GetRequiredService<IDiagnosticEvents>()));
        services.TryAddSingleton(p => AuditComposition.Create(
            Options(p),
            AuditIdentification.Of(Options(p).AuditTrail, ApplicationName(p), p.GetService<IHostEnvironment>()?.ContentRootPath),
            p.GetService<AuditSigner>(),
            new AuditObserver(
                p.GetRequiredService<IDiagnosticEvents>(),
                p.GetRequiredService<AuditInstruments>(),
                Options(p).AuditTrail.PublishMetrics ? p.GetRequiredService<MetricsComposition>().Publisher : null,
                Options(p).AuditTrail.Directory),
            p.GetRequiredService<IDiagnosticEvents>(),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<AuditShipping>().Create,
            p.GetRequiredService<AuditInstruments>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISignal, AuditSignal>(p => p.GetRequiredService<AuditComposition>().Signal));
        services.TryAddSingleton<IAuditTrail>(p =>
        {
            // The runtime closes the trail when the services are disposed. It can do so only if it has been created.
            _ = p.GetRequiredService<CloudObserveRuntime>();
            return p.GetRequiredService<AuditComposition>().Trail;
        });
        return services;
    }

    internal static IServiceCollection AddCloudObserveChannel(
        this IServiceCollection services, string name, Func<IServiceProvider, IBatchSink> createSink)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeliveryChannelOptions>, DeliveryChannelRules>());
        _ = services.AddOptions<DeliveryChannelOptions>(name).ValidateOnStart();
        _ = services.AddSingleton(new DeliveryChannelRegistration(name, createSink));
        return services.AddKeyedSingleton<IDeliveryChannel>(name, (p, key) =>
        {
            // Without a host nothing else creates the sink and starts the runtime.
            DeliveryChannel channel = p.GetRequiredService<DeliveryChannels>().Use((string)key!);
            p.GetRequiredService<CloudObserveRuntime>().Start();
            return channel;
        });
    }

    internal static IServiceCollection AddCloudObserveRuntime(this IServiceCollection services)
    {
        services.TryAddSingleton(p => new SignalLifecycle(
            SourcesFirst(p.GetServices<ISignal>())
                .Concat(p.GetRequiredService<LocalComposition>().Signals)
                .Concat(p.GetRequiredService<DeliveryChannels>().All),
            Options(p).Delivery.ShutdownTimeout,
            p.GetRequiredService<SignalSources>(),
            p.GetRequiredService<IDiagnosticEvents>(),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<HostSpool>().OfChannels));
        services.TryAddSingleton(p => new CloudObserveRuntime(
            p.GetRequiredService<SignalLifecycle>(), p.GetRequiredService<StatusReader>()));
        services.TryAddSingleton(p => new DeliveryChannels(
            p.GetServices<DeliveryChannelRegistration>(),
            p,
            (name, sink) => new DeliveryChannel(
                name,
                new DeliveryTarget(sink, p.GetRequiredService<HostSpool>().OfChannels),
                p.GetRequiredService<IOptionsMonitor<DeliveryChannelOptions>>().Get(name),
                Options(p).Delivery,
                p.GetRequiredService<IDiagnosticEvents>(),
                p.GetRequiredService<TimeProvider>())));
        services.TryAddSingleton(p => new StatusReader(
            new StatusText(Options(p).Logs.Redaction),
            DestinationName.Of(p.GetRequiredService<DeliveryTarget>()),
            p.GetRequiredService<DiagnosticEvents>(),
            p.GetRequiredService<MetricsComposition>().Signal,
            p.GetService<MetricFilterWatch>(),
            p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(p => new AddedSignals(
            Logs: p.GetServices<ISignal>().OfType<LogsSignal>().Any(),
            AuditTrail: p.GetServices<ISignal>().OfType<AuditSignal>().Any()));
        services.TryAddSingleton(ReportOfStart);
        services.TryAddSingleton<ICloudObserve>(p => p.GetRequiredService<CloudObserveRuntime>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CloudObserveLifetime>());
        return services;
    }

    private static StartReport ReportOfStart(IServiceProvider provider)
    {
        AddedSignals added = provider.GetRequiredService<AddedSignals>();
        return new StartReport(
            HostLogger(provider),
            provider.GetService<IHostEnvironment>(),
            Options(provider),
            provider.GetRequiredService<LocalComposition>(),
            added,
            new ConfigurationWarnings(HostLogger(provider), provider.GetService<IConfiguration>(), Options(provider), added));
    }

    private static MetricFilterWatch MetricFilters(IServiceProvider provider)
    {
        LogIdentity identity = Identity(provider);
        IOptionsFactory<CloudObserveOptions> options = provider.GetRequiredService<IOptionsFactory<CloudObserveOptions>>();
        ILogger logger = HostLogger(provider);
        return new MetricFilterWatch(
            provider.GetRequiredService<MetricFilterEvaluator>(),
            MetricFilterDefinition.CreateAll(Options(provider).MetricFilters, identity),
            () => MetricFilterDefinition.CreateAll(options.Create(string.Empty).MetricFilters, identity),
            provider.GetService<IConfiguration>() is { } configuration ? configuration.GetReloadToken : null,
            new MetricFilterProvisioner(
                provider.GetRequiredService<DeliveryTarget>(),
                Options(provider).Logs,
                identity,
                provider.GetRequiredService<TimeProvider>(),
                logger),
            logger);
    }

    // On flush and close each signal synchronously reads its buffered data before its first await. Metric filters turn log events into
    // metrics, so the logs must be read before the metrics are collected.
    private static IEnumerable<ISignal> SourcesFirst(IEnumerable<ISignal> signals) => signals.OrderBy(signal => signal is MetricsSignal);

    private static CloudObserveOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<CloudObserveOptions>>().Value;

    private static LogIdentity Identity(IServiceProvider provider) => LogIdentity.Detect(
        ApplicationName(provider),
        provider.GetService<IHostEnvironment>()?.EnvironmentName ?? Environments.Production,
        Environment.GetEnvironmentVariable);

    private static Func<string, LogGroupSettings> GroupSettings(IServiceProvider provider)
    {
        LogsOptions logs = Options(provider).Logs;
        LogGroupSettings usual = new(
            logs.RetentionInDays, logs.LogGroupClass, logs.KmsKeyId, new Dictionary<string, string>(logs.Tags, StringComparer.Ordinal));
        AuditTrailOptions trail = Options(provider).AuditTrail;
        LogIdentity identity = Identity(provider);
        return name => AuditShipping.GroupSettings(trail, identity, name) ?? usual;
    }

    private static ILogger HostLogger(IServiceProvider provider) => new DeferredLoggerFactory(provider).CreateLogger(Log.HostCategory);

    private static string ApplicationName(IServiceProvider provider) =>
        provider.GetService<IHostEnvironment>()?.ApplicationName ?? AppDomain.CurrentDomain.FriendlyName;

    // Marks in the service collection that the options are bound. A second call must not bind them again, because it would overwrite
    // values set in code.
    private sealed class ConfigurationMarker;
}
