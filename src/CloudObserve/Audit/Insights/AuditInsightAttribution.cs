namespace CloudObserve.Audit;

/// <summary>Represents the frequency of a value during an unusual period, or in the period used for comparison.</summary>
/// <param name="Attribute">The attribute: <c>userIdentityArn</c>, <c>userAgent</c> or <c>errorCode</c>.</param>
/// <param name="Value">The value. A missing value is the word <c>null</c>, as in CloudTrail.</param>
/// <param name="IsBaseline">Whether this is the frequency in the period used for comparison.</param>
/// <param name="Average">The occurrences per minute. It is exact for values that are always among the most frequent.</param>
public sealed record AuditInsightAttribution(string Attribute, string Value, bool IsBaseline, double Average);
