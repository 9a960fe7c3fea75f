namespace CloudObserve.Metrics;

/// <summary>A name and a value that distinguish one series of a metric from another.</summary>
/// <remarks>Each distinct set of dimensions is a separate metric and is billed as one.</remarks>
/// <param name="Name">1 to 255 ASCII characters, not blank, not starting with a colon.</param>
/// <param name="Value">1 to 1,024 ASCII characters, not blank.</param>
public readonly record struct MetricDimension(string Name, string Value)
{
    /// <summary>Converts a pair to a dimension, so that <c>("Region", "eu")</c> can be written where a dimension is expected.</summary>
    /// <param name="pair">The name and the value.</param>
    public static implicit operator MetricDimension((string Name, string Value) pair) => new(pair.Name, pair.Value);

    /// <summary>Converts a pair to a dimension.</summary>
    /// <param name="pair">The name and the value.</param>
    /// <returns>The dimension.</returns>
    public static MetricDimension FromValueTuple((string Name, string Value) pair) => pair;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Value}";
}
