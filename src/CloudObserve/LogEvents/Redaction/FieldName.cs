namespace CloudObserve.LogEvents.Redaction;

/// <summary>Represents the name of a field in a text.</summary>
/// <param name="Start">The index at which it begins.</param>
/// <param name="End">The index after it.</param>
/// <param name="Kind">The kind of the name.</param>
internal readonly record struct FieldName(int Start, int End, SecretNameKind Kind);
