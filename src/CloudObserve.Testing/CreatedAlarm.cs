namespace CloudObserve.Testing;

/// <summary>Represents an alarm of a <see cref="ScriptedCloudWatch"/>.</summary>
/// <remarks>The server stores alarms and does not evaluate them.</remarks>
/// <param name="AlarmName">The name.</param>
/// <param name="IsComposite">Whether it is a composite alarm.</param>
/// <param name="Input">The JSON input of the last <c>PutMetricAlarm</c> or <c>PutCompositeAlarm</c>.</param>
/// <param name="Tags">The values of the tags, by key.</param>
public sealed record CreatedAlarm(string AlarmName, bool IsComposite, string Input, IReadOnlyDictionary<string, string> Tags)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"CreatedAlarm {{ AlarmName = {AlarmName}, IsComposite = {IsComposite}, Input = {Input}, Tags = {Printed.Map(Tags)} }}";
}
