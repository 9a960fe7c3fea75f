using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents a property selector: the path from the root of an event to one or several values.</summary>
internal sealed record JsonPath(ImmutableArray<PathStep> Steps)
{
    internal int Wildcards => Steps.Count(static step => step.IsWildcard);

    public bool Equals(JsonPath? other) => other is not null && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan());

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (PathStep step in Steps)
        {
            hash.Add(step);
        }

        return hash.ToHashCode();
    }
}
