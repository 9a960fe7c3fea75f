using CloudObserve;
using CloudObserve.Monitoring;
using CloudObserve.Monitoring.Alarms.Notifications;
using CloudObserve.Monitoring.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds alarms to the library.</summary>
public static class CloudObserveMonitoringBuilderExtensions
{
    /// <summary>Adds alarms that evaluate what the embedded CloudWatch stores, and the service <see cref="IAlarms"/>.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="configure">Defines alarms, in addition to those of the configuration, or <see langword="null"/>.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// With Amazon CloudWatch as the destination, also call <see cref="CloudObserveBuilder.KeepLocalCopy"/>. With
    /// <c>CloudObserve:Local:Directory</c>, states and histories survive a restart.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static CloudObserveBuilder WithMonitoring(this CloudObserveBuilder builder, Action<MonitoringBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        MonitoringDefinitions? definitions = services.Select(static s => s.ImplementationInstance).OfType<MonitoringDefinitions>()
            .FirstOrDefault();
        if (definitions is null)
        {
            definitions = new MonitoringDefinitions();
            _ = services.AddSingleton(definitions);
            _ = services.AddSingleton<IConfigureOptions<MonitoringOptions>>(
                static p => new MonitoringConfiguration(p.GetService<IConfiguration>()));
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MonitoringOptions>, MonitoringOptionsValidator>());
            _ = services.AddOptions<MonitoringOptions>().ValidateOnStart();
            _ = services.AddSingleton(static p => new TopicTarget(p.GetRequiredService<TimeProvider>()));
            _ = builder.AddDeliveryChannel(TopicTarget.ChannelName, NewSink);
            _ = services.AddSingleton(static p => new MonitoringRuntime(p));
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MonitoringLifetime>());
            services.TryAddSingleton(static p =>
            {
                // Without a host nothing else starts the alarms.
                MonitoringRuntime runtime = p.GetRequiredService<MonitoringRuntime>();
                runtime.Start();
                return runtime.Alarms;
            });
        }

        configure?.Invoke(new MonitoringBuilder(builder, definitions));
        return builder;
    }

    private static NotificationSink NewSink(IServiceProvider services) => new(
        services.GetRequiredService<TopicTarget>(),
        services.GetRequiredService<IOptions<AwsOptions>>().Value,
        services.GetRequiredService<TimeProvider>());
}
