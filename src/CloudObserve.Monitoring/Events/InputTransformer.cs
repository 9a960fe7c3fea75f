using System.Collections.ObjectModel;

namespace CloudObserve.Events;

/// <summary>Represents an input transformer of a target: values that are taken from the event, and a template that contains them.</summary>
public sealed record InputTransformer
{
    /// <summary>Gets the paths of the values by their names.</summary>
    /// <value>At most 100 paths such as <c>$.detail.total</c>; none by default.</value>
    public IReadOnlyDictionary<string, string> InputPathsMap { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Gets the template.</summary>
    /// <value>
    /// A JSON object, or a text in quotation marks, in which <c>&lt;name&gt;</c> stands for a value. The predefined names are
    /// <c>aws.events.rule-arn</c>, <c>aws.events.rule-name</c>, <c>aws.events.event.ingestion-time</c>, <c>aws.events.event</c> (the event
    /// without its detail) and <c>aws.events.event.json</c> (the whole event). Empty by default.
    /// </value>
    public string InputTemplate { get; init; } = "";

    /// <summary>Returns the template and the number of paths.</summary>
    /// <returns>A short text for a log or a debugger.</returns>
    public override string ToString() => $"InputTransformer {{ InputPathsMap = {InputPathsMap.Count}, InputTemplate = {InputTemplate} }}";
}
