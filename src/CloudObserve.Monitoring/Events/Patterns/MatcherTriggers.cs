namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Contains the alternatives by the condition that makes a matcher look at them.</summary>
/// <param name="OfTests">The alternatives for each test.</param>
/// <param name="OfFields">The alternatives for each field that has a value.</param>
/// <param name="Always">The alternatives that an event without any field can match.</param>
internal sealed record MatcherTriggers(int[][] OfTests, int[][] OfFields, int[] Always);
