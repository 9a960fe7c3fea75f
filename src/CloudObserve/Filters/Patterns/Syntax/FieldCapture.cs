namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Selects a field.</summary>
/// <param name="Origin">The origin from which <paramref name="Index"/> counts.</param>
/// <param name="Index">The zero-based index of the field.</param>
internal sealed record FieldCapture(FieldOrigin Origin, int Index) : CaptureSyntax;
