namespace CloudObserve.Audit.Reading;

/// <summary>Reads the records of the journal, one per line.</summary>
/// <remarks>A line that is too long is skipped while it is read.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class JournalReader(Stream content, ContentHash? hash = null) : RecordReader(content, hash)
{
    private int _searched;

    // The last returned record stays in the window until the next one is requested.
    private int _taken;
    private bool _isSkipping;

    private protected override Step Next()
    {
        Consume(_taken);
        _taken = 0;
        int feed = Unread[_searched..].IndexOf((byte)'\n');
        if (feed >= 0)
        {
            feed += _searched;
            return Line(feed);
        }

        if (IsAtEnd)
        {
            return Unread.IsEmpty || _isSkipping ? Step.Ended : Torn();
        }

        return Unread.Length > MaxRecordBytes ? TooLong() : SearchOn();
    }

    private Step Line(int feed)
    {
        _searched = 0;
        if (_isSkipping)
        {
            _isSkipping = false;
            Consume(feed + 1);
            return Next();
        }

        _taken = feed + 1;
        return feed > MaxRecordBytes ? Failed(RecordFault.TooLong) : Found(0, feed);
    }

    private Step Torn()
    {
        _taken = Unread.Length;
        _searched = 0;
        return Failed(RecordFault.Torn);
    }

    private Step TooLong()
    {
        Step failed = _isSkipping ? Step.MoreNeeded : Failed(RecordFault.TooLong);
        _isSkipping = true;
        _searched = 0;
        Consume(Unread.Length);
        return failed;
    }

    // Only new data is searched for line feeds, so that a long line that arrives in many pieces is searched once.
    private Step SearchOn()
    {
        _searched = Unread.Length;
        return Step.MoreNeeded;
    }
}
