namespace CloudObserve.Logs.Capture;

/// <summary>A place in a message template that a value fills.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Alignment">Characters it is padded to, on the left when positive, on the right when negative.</param>
/// <param name="Format">The format specifier, if there is one.</param>
/// <param name="LiteralAfter">The text that follows, with doubled braces made single.</param>
internal sealed record TemplateHole(InternedText Name, int Alignment, string? Format, byte[] LiteralAfter);
