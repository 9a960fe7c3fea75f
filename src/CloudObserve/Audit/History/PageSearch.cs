using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.History;

/// <summary>Searches for one page: the journal first, then sealed files from the newest to the oldest.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class PageSearch(TrailDirectory trail, AuditLookup lookup, AuditPageToken token)
{
    // Clocks are corrected from time to time. Events are rarely dated more than this after the sealing of their file.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    private readonly RecordMatch _match = new(lookup);
    private readonly MatchWindow _window = new();
    private readonly List<AuditRecord> _records = [];
    private readonly List<string> _unreadable = [];
    private AuditPageToken? _last;
    private bool _isRecognized;
    private long? _newest;

    // Whether all older records are excluded by the lookup.
    private bool _isAtEnd;

    // Records from this number on are newer than requested, or have been taken from the journal. They may also exist in sealed files.
    private long _bound = token.Sequence ?? long.MaxValue;

    private bool IsFull => _window.HasOverflowed || _records.Count == lookup.MaxResults;

    internal async Task<AuditPage> RunAsync(CancellationToken cancellationToken)
    {
        // The journal is opened before sealed files are listed. Lines move from the journal to sealed files, so none can be missed in
        // between.
        using (JournalSnapshot journal = new(trail.Layout))
        {
            _isRecognized = journal.Any;
            _newest = journal.Head?.Newest.Sequence;
            if (token.File is null)
            {
                await SearchAsync(journal, cancellationToken).ConfigureAwait(false);
            }
        }

        if (!_isAtEnd)
        {
            await SearchSealedAsync(cancellationToken).ConfigureAwait(false);
        }

        return new AuditPage(_records, IsFull ? _last!.ToString() : null, _unreadable)
        {
            IsRecognized = _isRecognized,
            NewestSequence = _newest,
        };
    }

    private async Task SearchSealedAsync(CancellationToken cancellationToken)
    {
        SealedFiles files = await SealedFiles.FindAsync(trail, token, cancellationToken).ConfigureAwait(false);
        _isRecognized |= files.Any;
        foreach (TrailPath file in files.NewestFirst)
        {
            if (IsFull || _isAtEnd || file.Time + Margin < lookup.Since)
            {
                break;
            }

            await SearchAsync(file, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SearchAsync(JournalSnapshot journal, CancellationToken cancellationToken)
    {
        _window.Clear(lookup.MaxResults);
        long first = long.MaxValue;
        foreach ((_, JournalReader reader) in journal.Read())
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (reader.Fault != RecordFault.None || !TrailStamp.TryRead(reader.Record, out TrailStamp stamp))
                {
                    continue;
                }

                if (reader.Number == 1 && stamp.Sequence == first)
                {
                    // Equal lines mean that both names led to the same file, which was renamed between the two opens.
                    break;
                }

                first = Math.Min(first, stamp.Sequence);
                _newest = Math.Max(_newest ?? 0, stamp.Sequence);
                Take(reader, new AuditPageToken(Sequence: stamp.Sequence), stamp.Sequence < _bound
                    && !(stamp.Sequence <= lookup.AfterSequence));
            }
        }

        _isAtEnd = first - 1 <= lookup.AfterSequence || _newest <= lookup.AfterSequence;
        _bound = Math.Min(_bound, first);
        Keep();
    }

    private async Task SearchAsync(TrailPath file, CancellationToken cancellationToken)
    {
        _window.Clear(lookup.MaxResults - _records.Count);
        long end = token.File?.Key == file.Key ? token.Number : long.MaxValue;
        try
        {
            using LogFileReader reader = TrailDirectory.OpenRecords(file);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) && reader.Number < end)
            {
                if (reader.Fault != RecordFault.None)
                {
                    _unreadable.Add(trail.Layout.KeyOf(file.Path));
                    break;
                }

                if (reader.Number == 1 && lookup.AfterSequence is { } after)
                {
                    _isAtEnd = TrailStamp.TryRead(reader.Record, out TrailStamp first) && first.Sequence - 1 <= after;
                }

                Take(reader, new AuditPageToken(File: file, Number: reader.Number), true);
            }
        }
        catch (FileNotFoundException)
        {
            // Retention removed the file after it was found.
            return;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _unreadable.Add(trail.Layout.KeyOf(file.Path));
        }

        Keep();
    }

    private void Take(RecordReader reader, AuditPageToken place, bool isWanted)
    {
        if (isWanted && _match.Matches(reader.Record) && (place.File is null || IsAskedFor(reader.Record)))
        {
            _window.Add(reader.Record, place);
        }
    }

    private bool IsAskedFor(ReadOnlySpan<byte> record) => (_bound == long.MaxValue && lookup.AfterSequence is null)
        || !TrailStamp.TryRead(record, out TrailStamp stamp) || (stamp.Sequence < _bound && !(stamp.Sequence <= lookup.AfterSequence));

    private void Keep()
    {
        foreach ((byte[] record, AuditPageToken place) in _window.Backward())
        {
            _records.Add(RecordSummary.Of(record));
            _last = place;
        }
    }
}
