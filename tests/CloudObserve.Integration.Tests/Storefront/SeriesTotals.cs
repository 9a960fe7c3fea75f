namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>How many samples there are, and their sum.</summary>
internal readonly record struct SeriesTotals(long Count, double Sum);
