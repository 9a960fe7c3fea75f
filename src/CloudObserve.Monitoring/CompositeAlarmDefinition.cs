using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring;

/// <summary>Defines a composite alarm in CloudWatch's terms. The members are those of <c>PutCompositeAlarm</c>.</summary>
public sealed record CompositeAlarmDefinition
{
    /// <summary>Gets the name.</summary>
    /// <value>1 to 255 characters, unique among all alarms.</value>
    public string AlarmName { get; init; } = "";

    /// <summary>Gets the rule.</summary>
    /// <value>1 to 10,240 characters; see <see cref="Monitoring.AlarmRule"/>.</value>
    public string AlarmRule { get; init; } = "";

    /// <summary>Gets the description.</summary>
    /// <value>At most 1,024 characters. The default is <see langword="null"/>.</value>
    public string? AlarmDescription { get; init; }

    /// <summary>Gets a value indicating whether changes of the state run actions.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ActionsEnabled { get; init; } = true;

    /// <summary>Gets the actions of a change to <see cref="AlarmState.Ok"/>.</summary>
    /// <value>At most 5 ARNs. The default is none.</value>
    public IReadOnlyList<string> OKActions { get; init; } = [];

    /// <summary>Gets the actions of a change to <see cref="AlarmState.Alarm"/>.</summary>
    /// <value>At most 5 ARNs. The default is none.</value>
    public IReadOnlyList<string> AlarmActions { get; init; } = [];

    /// <summary>Gets the actions of a change to <see cref="AlarmState.InsufficientData"/>.</summary>
    /// <value>At most 5 ARNs. The default is none.</value>
    public IReadOnlyList<string> InsufficientDataActions { get; init; } = [];

    /// <summary>Gets the alarm that suppresses the actions while its state is <see cref="AlarmState.Alarm"/>.</summary>
    /// <value>A name or an ARN. The default is <see langword="null"/>: nothing suppresses the actions.</value>
    public string? ActionsSuppressor { get; init; }

    /// <summary>Gets the time that the composite alarm waits for its suppressor before it runs actions.</summary>
    /// <value>Whole seconds. Required with <see cref="ActionsSuppressor"/>. The default is <see langword="null"/>.</value>
    public TimeSpan? ActionsSuppressorWaitPeriod { get; init; }

    /// <summary>Gets the time that the actions remain suppressed after the suppressor has left <see cref="AlarmState.Alarm"/>.</summary>
    /// <value>Whole seconds. Required with <see cref="ActionsSuppressor"/>. The default is <see langword="null"/>.</value>
    public TimeSpan? ActionsSuppressorExtensionPeriod { get; init; }

    /// <summary>Gets the tags.</summary>
    /// <value>At most 50. The default is none.</value>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads the JSON input of <c>PutCompositeAlarm</c>.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The definition. It can be invalid; see <see cref="Validate"/>.</returns>
    /// <exception cref="FormatException">The text is not a JSON object, or a member is unknown or has the wrong type. The message contains
    /// all such faults, one on each line.</exception>
    public static CompositeAlarmDefinition Parse(string json) => CompositeAlarmJson.Read(json);

    /// <summary>Writes the definition as the JSON input of <c>PutCompositeAlarm</c>.</summary>
    /// <returns>The JSON text. Members that are not set are left out.</returns>
    public string ToJson() => CompositeAlarmJson.Write(this);

    /// <summary>Checks the definition as CloudWatch does.</summary>
    /// <param name="alarms">The names of the existing alarms.</param>
    /// <param name="region">The region of the alarm; <see langword="null"/> for any.</param>
    /// <param name="account">The account of the alarm; <see langword="null"/> for any.</param>
    /// <returns>All faults in CloudWatch's words; empty if the definition is valid.</returns>
    public IReadOnlyList<string> Validate(IReadOnlyCollection<string> alarms, string? region = null, string? account = null) =>
        CompositeAlarmValidator.Validate(this, alarms, region, account);
}
