namespace CloudObserve.LogEvents.Redaction;

/// <summary>Determines whether positions of a JSON text, requested in ascending order, are inside a string.</summary>
internal struct StringCursor
{
    private int _at;
    private bool _inside;

    internal bool IsInside(in EventText text, int index)
    {
        while (_at < index)
        {
            int next = text.Bytes[_at..index].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                _at = index;
                break;
            }

            _at += next;
            bool isQuote = text[_at] == '"';
            _inside ^= isQuote;
            _at += isQuote ? 1 : 2;
        }

        return _inside;
    }
}
