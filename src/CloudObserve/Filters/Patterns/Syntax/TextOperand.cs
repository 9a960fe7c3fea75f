namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents a text.</summary>
/// <remarks>In a comparison, an asterisk at either end is a wildcard.</remarks>
/// <param name="Text">The unquoted text.</param>
internal sealed record TextOperand(string Text) : Operand
{
    /// <summary>Gets whether the text begins with a wildcard.</summary>
    internal bool IsOpenAtStart => Text.StartsWith('*');

    /// <summary>Gets whether the text ends with a wildcard.</summary>
    /// <remarks>A single asterisk counts only as a wildcard at the start.</remarks>
    internal bool IsOpenAtEnd => Text.Length > 1 && Text.EndsWith('*');

    /// <summary>Gets whether the text consists of wildcards only, so that any value matches.</summary>
    internal bool IsAnything => Text is "*" or "**";

    /// <summary>Gets the text between the wildcards.</summary>
    internal string Core => Text[(IsOpenAtStart ? 1 : 0)..^(IsOpenAtEnd ? 1 : 0)];
}
