namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>A text. As a comparison's value, an asterisk at either end stands for anything.</summary>
/// <param name="Text">The text, unquoted.</param>
internal sealed record TextOperand(string Text) : Operand
{
    /// <summary>Gets whether the text begins with a wildcard.</summary>
    internal bool IsOpenAtStart => Text.StartsWith('*');

    /// <summary>Gets whether the text ends with a wildcard other than the one it begins with.</summary>
    internal bool IsOpenAtEnd => Text.Length > 1 && Text.EndsWith('*');

    /// <summary>Gets whether the text is nothing but wildcards, which asks only for a value.</summary>
    internal bool IsAnything => Text is "*" or "**";

    /// <summary>Gets the text between the wildcards.</summary>
    internal string Core => Text[(IsOpenAtStart ? 1 : 0)..^(IsOpenAtEnd ? 1 : 0)];
}
