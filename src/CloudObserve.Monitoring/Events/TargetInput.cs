using System.Text;
using System.Text.Json;
using CloudObserve.Monitoring.Events.Transformers;

namespace CloudObserve.Events;

/// <summary>Represents the part of an event, or the text, that a target gets.</summary>
/// <remarks>Without any setting, a target gets the whole event.</remarks>
/// <threadsafety>Instances are immutable. All members can be used by several threads at the same time.</threadsafety>
public sealed record TargetInput
{
    /// <summary>Gets the constant text.</summary>
    /// <value>Valid JSON text; <see langword="null"/>, the default, for none.</value>
    public string? Input { get; init; }

    /// <summary>Gets the path of the part of the event.</summary>
    /// <value>A path such as <c>$.detail</c>; <see langword="null"/>, the default, for none.</value>
    public string? InputPath { get; init; }

    /// <summary>Gets the transformer.</summary>
    /// <value><see langword="null"/>, the default, for none.</value>
    public InputTransformer? InputTransformer { get; init; }

    /// <summary>Checks the settings as EventBridge's <c>PutTargets</c> does.</summary>
    /// <param name="targetId">The id of the target, for the messages.</param>
    /// <returns>The faults in EventBridge's words; none if the settings are valid.</returns>
    public IReadOnlyList<string> Validate(string targetId)
    {
        ArgumentNullException.ThrowIfNull(targetId);
        return InputRules.Faults(this, targetId);
    }

    /// <summary>Returns the text that the target gets.</summary>
    /// <param name="utf8">The event: a JSON object with the envelope and the detail.</param>
    /// <param name="rule">The rule, for the predefined names of a template.</param>
    /// <param name="ingestionTime">The time at which the bus accepted the event.</param>
    /// <returns>The text, and whether EventBridge would deliver it.</returns>
    /// <exception cref="ArgumentException">The event is not a JSON object, or the settings are invalid.</exception>
    public TargetBody Apply(ReadOnlyMemory<byte> utf8, RuleIdentity rule, DateTimeOffset ingestionTime)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (InputRules.Faults(this, "") is [string fault, ..])
        {
            throw new ArgumentException(fault);
        }

        using JsonDocument document = InputPaths.Read(utf8);
        if (Input is not null)
        {
            return InputRules.Checked(Input);
        }

        if (InputPath is not null)
        {
            // EventBridge takes an empty path for an empty object.
            string part = InputPath.Length == 0 ? "{}" : InputPaths.Find(document.RootElement, InputPath) ?? "null";
            return new TargetBody(part, IsDelivered: true);
        }

        return InputTransformer is null
            ? new TargetBody(Encoding.UTF8.GetString(utf8.Span), IsDelivered: true)
            : InputRules.Checked(new InputTemplateWriter(InputTransformer, document.RootElement, rule, ingestionTime).Write());
    }
}
