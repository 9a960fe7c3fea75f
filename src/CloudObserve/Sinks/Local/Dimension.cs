namespace CloudObserve.Sinks.Local;

/// <summary>A name and a value that distinguish one metric from another.</summary>
/// <param name="Name">The dimension's name.</param>
/// <param name="Value">The dimension's value.</param>
public readonly record struct Dimension(string Name, string Value)
{
    /// <summary>Converts a pair to a dimension, so that <c>("Region", "eu")</c> can be written where a dimension is expected.</summary>
    /// <param name="pair">The name and the value.</param>
    public static implicit operator Dimension((string Name, string Value) pair) => new(pair.Name, pair.Value);

    /// <summary>Converts a pair to a dimension.</summary>
    /// <param name="pair">The name and the value.</param>
    /// <returns>The dimension.</returns>
    public static Dimension FromValueTuple((string Name, string Value) pair) => pair;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Value}";
}
