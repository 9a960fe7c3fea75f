namespace CloudObserve.Logs.Redaction;

/// <summary>One character of a text as it is meant: an escape, at whatever depth, is the character that it stands for.</summary>
/// <param name="Value">The character, if it is ASCII; a byte above 127 for any other; zero at the end of the text.</param>
/// <param name="Length">How many bytes of the text it takes.</param>
internal readonly record struct Glyph(byte Value, int Length)
{
    internal bool IsBlank => Value is (byte)' ' or (byte)'\t';

    internal bool IsLineBreak => Value is (byte)'\r' or (byte)'\n';

    internal bool IsAlphanumeric => EventText.IsAlphanumeric(Value);

    internal bool IsEnd => Length == 0;
}
