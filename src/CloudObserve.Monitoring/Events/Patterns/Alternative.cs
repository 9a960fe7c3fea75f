namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents one alternative of a pattern in a matcher.</summary>
/// <param name="Pattern">The number of the pattern.</param>
/// <param name="Conditions">The conditions, all of which must hold, in the order of their nodes.</param>
internal sealed record Alternative(int Pattern, FieldCondition[] Conditions);
