namespace CloudObserve.Local;

/// <summary>A message of CloudWatch about a result.</summary>
/// <param name="Code">The code, such as <c>MultipleUnits</c> or <c>Forbidden</c>.</param>
/// <param name="Value">The text.</param>
public sealed record MessageData(string Code, string Value);
