namespace CloudObserve.Logs.Capture;

/// <summary>Represents a placeholder of a message template.</summary>
/// <param name="Name">The name of the value.</param>
/// <param name="Alignment">
/// The number of characters to which the value is padded: on the left if positive, on the right if negative.
/// </param>
/// <param name="Format">The format specifier, or <see langword="null"/>.</param>
/// <param name="LiteralAfter">The text after the placeholder, with doubled braces replaced by single ones.</param>
internal sealed record TemplateHole(InternedString Name, int Alignment, string? Format, byte[] LiteralAfter);
