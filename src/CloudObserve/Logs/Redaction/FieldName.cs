namespace CloudObserve.Logs.Redaction;

/// <summary>The name of a field in a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Kind">What it says about the value.</param>
internal readonly record struct FieldName(int Start, int End, NameKind Kind);
