namespace CloudObserve.Compliance.Tests;

/// <summary>An object whose properties are logged one by one.</summary>
internal sealed record Customer([property: Private] string Name, string Country);
