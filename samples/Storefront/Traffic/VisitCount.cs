namespace Storefront.Traffic;

/// <summary>Represents the number of requests, and of those without an answer or with a server error.</summary>
internal readonly record struct VisitCount(long Requests, long Failed);
