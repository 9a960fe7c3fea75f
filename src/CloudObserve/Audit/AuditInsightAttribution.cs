namespace CloudObserve.Audit;

/// <summary>How often a value occurred during an unusual time, or usually.</summary>
/// <param name="Attribute">What it is a value of: <c>userIdentityArn</c>, <c>userAgent</c> or <c>errorCode</c>.</param>
/// <param name="Value">The value. What is missing is the word <c>null</c>, as CloudTrail has it.</param>
/// <param name="IsBaseline">Whether it is about what is usual.</param>
/// <param name="Average">Occurrences a minute. It is exact for values that are among the most frequent throughout.</param>
public sealed record AuditInsightAttribution(string Attribute, string Value, bool IsBaseline, double Average);
