namespace CloudObserve.Monitoring;

/// <summary>Configures a composite alarm.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
public sealed class CompositeAlarmBuilder
{
    private readonly Func<string, string> _topicArn;

    internal CompositeAlarmBuilder(CompositeAlarmDefinition definition, Func<string, string> topicArn) =>
        (Definition, _topicArn) = (definition, topicArn);

    internal CompositeAlarmDefinition Definition { get; private set; }

    /// <summary>Sets the description.</summary>
    /// <param name="description">At most 1,024 characters.</param>
    /// <returns>This builder.</returns>
    public CompositeAlarmBuilder Description(string description) => Set(Definition with { AlarmDescription = description });

    /// <summary>Notifies topics when the alarm enters <see cref="AlarmState.Alarm"/>.</summary>
    /// <param name="topics">The names of the topics.</param>
    /// <returns>This builder.</returns>
    public CompositeAlarmBuilder Notify(params string[] topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        return Set(Definition with { AlarmActions = [.. Definition.AlarmActions, .. topics.Select(_topicArn)] });
    }

    /// <summary>Notifies topics when the alarm enters <see cref="AlarmState.Ok"/>.</summary>
    /// <param name="topics">The names of the topics.</param>
    /// <returns>This builder.</returns>
    public CompositeAlarmBuilder NotifyOk(params string[] topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        return Set(Definition with { OKActions = [.. Definition.OKActions, .. topics.Select(_topicArn)] });
    }

    /// <summary>Holds back the actions while another alarm is in <see cref="AlarmState.Alarm"/>.</summary>
    /// <param name="alarm">The name of the other alarm.</param>
    /// <param name="wait">The time that this alarm waits for the other one before it runs actions, in whole seconds.</param>
    /// <param name="extension">The time that the actions remain held back after the other alarm has left the state, in whole
    /// seconds.</param>
    /// <returns>This builder.</returns>
    public CompositeAlarmBuilder SuppressedBy(string alarm, TimeSpan wait, TimeSpan extension) => Set(Definition with
    {
        ActionsSuppressor = alarm,
        ActionsSuppressorWaitPeriod = wait,
        ActionsSuppressorExtensionPeriod = extension,
    });

    /// <summary>Adds a tag.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    public CompositeAlarmBuilder Tag(string key, string value) =>
        Set(Definition with { Tags = new Dictionary<string, string>(Definition.Tags, StringComparer.Ordinal) { [key] = value } });

    private CompositeAlarmBuilder Set(CompositeAlarmDefinition definition)
    {
        Definition = definition;
        return this;
    }
}
