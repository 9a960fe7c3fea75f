namespace CloudObserve.Monitoring.Tests.Expressions.Reference;

/// <summary>An expression with its text and its slow, obvious evaluation.</summary>
/// <param name="Text">The text.</param>
/// <param name="Evaluate">The evaluation, from the values of the metrics by id.</param>
internal sealed record SlowExpression(string Text, Func<IReadOnlyDictionary<string, SlowValue>, SlowValue> Evaluate);
