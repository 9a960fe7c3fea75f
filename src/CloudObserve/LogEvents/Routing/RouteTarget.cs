namespace CloudObserve.LogEvents.Routing;

/// <summary>Represents the templates of a group and a stream, and renders their names.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class RouteTarget(LogTemplate logGroup, LogTemplate logStream)
{
    internal bool UsesDate { get; } = logGroup.UsesDate || logStream.UsesDate;

    internal bool UsesCategory { get; } = logGroup.UsesCategory || logStream.UsesCategory;

    internal (string Group, string Stream) Render(LogIdentity identity, string category, DateOnly day) =>
        (logGroup.Render(identity, category, day), logStream.Render(identity, category, day));
}
