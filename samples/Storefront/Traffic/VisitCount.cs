namespace Storefront.Traffic;

/// <summary>What the shoppers sent, and how much of it got no answer or a server's error.</summary>
internal readonly record struct VisitCount(long Requests, long Failed);
