using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring;

/// <summary>Defines windows of time in which alarms run no actions. The members are those of <c>PutAlarmMuteRule</c>.</summary>
/// <remarks>Muted alarms are still evaluated. At the end of a window, an alarm runs the actions of the state that it is in then.</remarks>
public sealed record AlarmMuteRule
{
    /// <summary>Gets the name.</summary>
    /// <value>1 to 255 characters.</value>
    public string Name { get; init; } = "";

    /// <summary>Gets the description.</summary>
    /// <value>At most 1,024 characters. The default is <see langword="null"/>.</value>
    public string? Description { get; init; }

    /// <summary>Gets the schedule (<c>Rule.Schedule.Expression</c>).</summary>
    /// <value><c>cron(Minutes Hours Day-of-month Month Day-of-week)</c> with <c>*</c>, <c>-</c>, <c>,</c> and the names of months and
    /// days, or <c>at(yyyy-MM-ddThh:mm)</c>.</value>
    public string Expression { get; init; } = "";

    /// <summary>Gets the length of a window (<c>Rule.Schedule.Duration</c>).</summary>
    /// <value>An ISO 8601 duration from <c>PT1M</c> to <c>P15D</c>.</value>
    public string Duration { get; init; } = "";

    /// <summary>Gets the time zone of the schedule (<c>Rule.Schedule.Timezone</c>).</summary>
    /// <value>A name such as <c>Europe/London</c>. The default is <see langword="null"/>: UTC.</value>
    public string? Timezone { get; init; }

    /// <summary>Gets the alarms that the rule mutes (<c>MuteTargets.AlarmNames</c>).</summary>
    /// <value>At most 100 names. The default is none.</value>
    public IReadOnlyList<string> AlarmNames { get; init; } = [];

    /// <summary>Gets the time before which the rule mutes nothing.</summary>
    /// <value>The default is <see langword="null"/>: the rule takes effect at once.</value>
    public DateTimeOffset? StartDate { get; init; }

    /// <summary>Gets the time from which the rule mutes nothing.</summary>
    /// <value>The default is <see langword="null"/>: never.</value>
    public DateTimeOffset? ExpireDate { get; init; }

    /// <summary>Gets the tags.</summary>
    /// <value>At most 50. The default is none.</value>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads the JSON input of <c>PutAlarmMuteRule</c>.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The rule. It can be invalid; see <see cref="Validate"/>.</returns>
    /// <exception cref="FormatException">The text is not a JSON object, or a member is unknown or has the wrong type. The message contains
    /// all such faults, one on each line.</exception>
    public static AlarmMuteRule Parse(string json) => AlarmMuteRuleJson.Read(json);

    /// <summary>Writes the rule as the JSON input of <c>PutAlarmMuteRule</c>.</summary>
    /// <returns>The JSON text. Members that are not set are left out.</returns>
    public string ToJson() => AlarmMuteRuleJson.Write(this);

    /// <summary>Checks the rule.</summary>
    /// <returns>All faults; empty if the rule is valid.</returns>
    public IReadOnlyList<string> Validate() => AlarmMuteRuleValidator.Validate(this);
}
