namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents a name on the paths of all patterns.</summary>
/// <remarks>
/// A path is the names from the root joined with dots, so that the dotted key <c>a.b</c> and nested keys are the same path. The nodes are
/// numbered in preorder: those below a node follow it up to its end.
/// </remarks>
/// <param name="Names">The names below.</param>
/// <param name="Children">The numbers of the nodes below, in the order of the names.</param>
/// <param name="Field">The field that ends here; -1 if none does.</param>
/// <param name="End">The number behind the last node below.</param>
internal sealed record PathNode(ByteStringTable Names, int[] Children, int Field, int End);
