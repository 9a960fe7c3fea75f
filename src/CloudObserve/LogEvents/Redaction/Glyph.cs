namespace CloudObserve.LogEvents.Redaction;

/// <summary>Represents one character of a text.</summary>
/// <remarks>An escape, at any depth, is the character that it represents.</remarks>
/// <param name="Value">The character if it is ASCII; a byte above 127 for any other character; zero at the end of the text.</param>
/// <param name="Length">The number of bytes in the text.</param>
internal readonly record struct Glyph(byte Value, int Length)
{
    internal bool IsBlank => Value is (byte)' ' or (byte)'\t';

    internal bool IsLineBreak => Value is (byte)'\r' or (byte)'\n';

    internal bool IsAlphanumeric => EventText.IsAlphanumeric(Value);

    internal bool IsEnd => Length == 0;
}
