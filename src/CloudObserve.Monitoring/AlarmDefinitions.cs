using CloudObserve.Monitoring.Alarms.Exchange;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Monitoring;

/// <summary>Represents the alarms of an application or an account, and reads and writes them in the forms of AWS.</summary>
/// <threadsafety>Instances are immutable. All members can be used by several threads at the same time.</threadsafety>
public sealed record AlarmDefinitions
{
    /// <summary>Gets the metric alarms.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<AlarmDefinition> MetricAlarms { get; init; } = [];

    /// <summary>Gets the composite alarms.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<CompositeAlarmDefinition> CompositeAlarms { get; init; } = [];

    /// <summary>Reads what <c>aws cloudwatch describe-alarms</c> prints, the input of <c>PutMetricAlarm</c> or
    /// <c>PutCompositeAlarm</c>, or a CloudFormation template in JSON.</summary>
    /// <remarks>
    /// States, ARNs and times of alarms are ignored. An alarm that cannot be read or is invalid is left out, and the others are still read.
    /// </remarks>
    /// <param name="json">The JSON text.</param>
    /// <param name="notes">The sentences that tell what was not carried over; empty if everything was.</param>
    /// <returns>The alarms in the order of the text.</returns>
    /// <exception cref="FormatException">The text is not JSON in one of these forms, or it is longer than 64 Mi characters.</exception>
    public static AlarmDefinitions Import(string json, out IReadOnlyList<string> notes) => AlarmImport.Read(json, out notes);

    /// <summary>Reads alarms from configuration.</summary>
    /// <remarks>
    /// Each child of the section is an alarm with the members of <c>PutMetricAlarm</c> or, if it has an <c>AlarmRule</c>, of
    /// <c>PutCompositeAlarm</c>. Its key is the name of the alarm, unless it has an <c>AlarmName</c>.
    /// </remarks>
    /// <param name="alarms">The section, such as <c>CloudObserve:Monitoring:Alarms</c>.</param>
    /// <returns>The alarms, which can be invalid; see <see cref="Validate"/>.</returns>
    /// <exception cref="FormatException">A member is unknown or has the wrong type. The message contains all such faults with their keys,
    /// one on each line.</exception>
    public static AlarmDefinitions Read(IConfiguration alarms) => AlarmSettings.Read(alarms);

    /// <summary>Checks the alarms as CloudWatch does, each of them and all together.</summary>
    /// <remarks>Names must be unique, and composite alarms may use each other but not in a circle.</remarks>
    /// <param name="region">The region of the alarms; <see langword="null"/> for any.</param>
    /// <param name="account">The account of the alarms; <see langword="null"/> for any.</param>
    /// <returns>All faults, each with the name of its alarm; empty if the alarms are valid.</returns>
    public IReadOnlyList<string> Validate(string? region = null, string? account = null) => AlarmSetRules.Faults(this, region, account);

    /// <summary>Replaces actions, for example the names of topics by their ARNs.</summary>
    /// <param name="map">The function that returns what replaces an action; <see langword="null"/> to leave the action out.</param>
    /// <returns>The same alarms with other actions.</returns>
    public AlarmDefinitions MapActions(Func<string, string?> map) => AlarmActions.Map(this, map);

    /// <summary>Orders the composite alarms so that each comes after those that it uses.</summary>
    /// <returns>The same alarms.</returns>
    /// <exception cref="InvalidOperationException">Composite alarms use each other in a circle, or two have one name.</exception>
    public AlarmDefinitions InOrder() => AlarmSetRules.Order(this);

    /// <summary>Writes the inputs of <c>PutMetricAlarm</c> and <c>PutCompositeAlarm</c> as JSON.</summary>
    /// <returns>An object with the lists <c>MetricAlarms</c> and <c>CompositeAlarms</c>, as <c>aws cloudwatch describe-alarms</c> has them.
    /// <see cref="AlarmDefinition.MinimumSampleCount"/> is left out, because CloudWatch does not know it.</returns>
    public string ToJson() => AlarmInputs.Write(this);

    /// <summary>Writes the alarms as a CloudFormation template in JSON.</summary>
    /// <remarks>
    /// A band gets a resource for its anomaly detector. A composite alarm depends on the alarms that it uses.
    /// <see cref="AlarmDefinition.MinimumSampleCount"/> becomes metadata of the resource, because CloudWatch does not know it.
    /// </remarks>
    /// <returns>The template.</returns>
    public string ToCloudFormation() => CloudFormationTemplate.Write(this);

    /// <summary>Writes the alarms as a settings file.</summary>
    /// <returns>The JSON text with the section <c>CloudObserve:Monitoring:Alarms</c>, which <see cref="Read"/> takes.</returns>
    public string ToSettings() => AlarmSettings.Write(this);
}
