namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>The number of samples, and their sum.</summary>
internal readonly record struct SeriesTotals(long Count, double Sum);
