namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>The events of one log stream, in the order in which they were read back.</summary>
internal sealed record StreamEvents(string Group, string Stream, IReadOnlyList<(long Time, string Message)> Events);
