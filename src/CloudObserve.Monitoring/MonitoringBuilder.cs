using System.Diagnostics.CodeAnalysis;
using CloudObserve.Monitoring.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CloudObserve.Monitoring;

/// <summary>Defines what watches the stored data. Methods may be called in any order and more than once.</summary>
/// <remarks>
/// Alarms and mute rules also come from the configuration (<see cref="MonitoringOptions"/>). Faults are reported when the application
/// starts, all together.
/// </remarks>
/// <threadsafety>Not safe for concurrent use. Use it during application start only.</threadsafety>
public sealed class MonitoringBuilder
{
    private readonly CloudObserveBuilder _builder;
    private readonly MonitoringDefinitions _definitions;

    internal MonitoringBuilder(CloudObserveBuilder builder, MonitoringDefinitions definitions) =>
        (_builder, _definitions) = (builder, definitions);

    /// <summary>Gets the services of the host.</summary>
    public IServiceCollection Services => _builder.Services;

    /// <summary>Adds a metric alarm.</summary>
    /// <param name="name">The name, unique among all alarms. If the configuration has an alarm of that name, these settings are added to
    /// it, and take precedence.</param>
    /// <param name="configure">Configures the alarm. It is called at start, and again when the configuration changes.</param>
    /// <returns>This builder.</returns>
    public MonitoringBuilder AddAlarm(string name, Action<MetricAlarmBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        _definitions.Alarms.Add((name, configure));
        return this;
    }

    /// <summary>Adds a metric alarm, for example one that was read with <see cref="AlarmDefinition.Parse"/>.</summary>
    /// <param name="definition">The alarm.</param>
    /// <returns>This builder.</returns>
    public MonitoringBuilder AddAlarm(AlarmDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _definitions.AlarmDefinitions.Add(definition);
        return this;
    }

    /// <summary>Adds a composite alarm.</summary>
    /// <param name="name">The name, unique among all alarms.</param>
    /// <param name="rule">The rule, such as <c>ALARM(CheckoutSlow) AND ALARM(PaymentErrors)</c>.</param>
    /// <param name="configure">Configures the alarm, or <see langword="null"/>. It is called at start, and again when the configuration
    /// changes.</param>
    /// <returns>This builder.</returns>
    public MonitoringBuilder AddCompositeAlarm(string name, string rule, Action<CompositeAlarmBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(rule);
        _definitions.CompositeAlarms.Add((name, rule, configure));
        return this;
    }

    /// <summary>Adds a composite alarm, for example one that was read with <see cref="CompositeAlarmDefinition.Parse"/>.</summary>
    /// <param name="definition">The alarm.</param>
    /// <returns>This builder.</returns>
    public MonitoringBuilder AddCompositeAlarm(CompositeAlarmDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _definitions.CompositeAlarmDefinitions.Add(definition);
        return this;
    }

    /// <summary>Adds a mute rule. It takes the place of one with the same name in the configuration.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>This builder.</returns>
    public MonitoringBuilder AddMuteRule(AlarmMuteRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _definitions.MuteRules.Add(rule);
        return this;
    }

    /// <summary>Adds a topic: targets that receive the notifications of the alarms that name it.</summary>
    /// <param name="name">The name: 1 to 256 letters, digits, dashes and underscores. A further call with it adds targets, and so does the
    /// configuration.</param>
    /// <param name="configure">Adds the targets.</param>
    /// <returns>This builder.</returns>
    public MonitoringBuilder AddTopic(string name, Action<TopicBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        TopicBuilder topic = new();
        configure(topic);
        _definitions.Topics.Add((name, topic));
        return this;
    }

    /// <summary>Adds a handler of the application that receives the notifications of all topics.</summary>
    /// <typeparam name="T">The handler. It is registered as a scoped service, unless it is registered already.</typeparam>
    /// <returns>This builder.</returns>
    public MonitoringBuilder AddNotificationHandler<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, INotificationHandler
    {
        Services.TryAddScoped<T>();
        if (!Services.Any(static s => s.ImplementationInstance is NotificationHandlerType handler && handler.Type == typeof(T)))
        {
            _ = Services.AddSingleton(new NotificationHandlerType(typeof(T)));
        }

        return this;
    }

    /// <summary>Adds a health check for each alarm that is defined at start, with its name and the tag <c>alarms</c>.</summary>
    /// <returns>This builder.</returns>
    /// <remarks>The check has its failure status while the alarm is in <see cref="AlarmState.Alarm"/>, and is healthy otherwise.</remarks>
    public MonitoringBuilder AddHealthChecks()
    {
        _ = Services.AddHealthChecks();
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<HealthCheckServiceOptions>, AlarmHealthChecks>());
        return this;
    }

    /// <summary>Puts the alarms into CloudWatch, which then evaluates them instead of this process.</summary>
    /// <returns>This builder.</returns>
    /// <remarks>It sets <see cref="MonitoringOptions.Provision"/>. An action on a topic with targets in Amazon SNS becomes an action on
    /// these.</remarks>
    public MonitoringBuilder ProvisionAlarms() => Configure(static options => options.Provision = true);

    /// <summary>Changes the options after they are read from the configuration.</summary>
    /// <param name="configure">A callback that sets options.</param>
    /// <returns>This builder.</returns>
    public MonitoringBuilder Configure(Action<MonitoringOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _ = Services.Configure(configure);
        return this;
    }
}
