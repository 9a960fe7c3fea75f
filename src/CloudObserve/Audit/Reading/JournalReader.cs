namespace CloudObserve.Audit.Reading;

/// <summary>Reads the journal: one record a line. A line that is too long is passed over while it is read.</summary>
/// <threadsafety>For one caller at a time.</threadsafety>
internal sealed class JournalReader(Stream content, ContentHash? hash = null) : RecordReader(content, hash)
{
    private int _searched;

    // What was handed out last stays in the window until the next is asked for.
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

    // Only what is new is searched for line feeds: a long line that comes in many pieces is still read once.
    private Step SearchOn()
    {
        _searched = Unread.Length;
        return Step.MoreNeeded;
    }
}
