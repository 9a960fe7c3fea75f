namespace CloudObserve.Local;

/// <summary>A dimension that listed metrics must have.</summary>
/// <param name="Name">The dimension's name.</param>
/// <param name="Value">The dimension's value, or <see langword="null"/> for any value.</param>
public sealed record DimensionFilter(string Name, string? Value = null);
