using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Verification;

/// <summary>
/// Follows the hash chain through the records of one file, and determines the kind of change that explains a broken chain.
/// </summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
/// <param name="place">The file.</param>
/// <param name="findings">Receives findings.</param>
/// <param name="hashesToFind">The records whose hashes are requested, with the hashes found.</param>
/// <param name="digests">The digests that records may name; <see langword="null"/> to skip this check.</param>
/// <param name="statements">Receives the statements of the trail's own records; <see langword="null"/> to skip them.</param>
internal sealed class RecordChain(
    string place, Findings findings, Dictionary<long, RecordHash?> hashesToFind, NamedDigests? digests =
        null, TrailStatements? statements = null)
{
    // A trail with very many gaps must not fill the memory with them.
    private const int MaxGaps = 256;

    private readonly List<(long First, long Last)> _gaps = [];
    private RecordSpan _span;

    // The number of records without a stamp since the last record with one.
    private long _strays;
    private long _strayOffset;

    internal long Stamped { get; private set; }

    internal long Unstamped { get; private set; }

    internal RecordSpan? Span => Stamped > 0 ? _span : null;

    /// <summary>Adds the next record of the file.</summary>
    internal void Add(ReadOnlySpan<byte> record, long offset)
    {
        if (!TrailStamp.TryRead(record, out TrailStamp stamp, out DigestAnchor? digest))
        {
            AddStray(offset);
            return;
        }

        statements?.Add(record, place, stamp.Sequence);
        if (digest is not null)
        {
            digests?.Check(digest, place, stamp.Sequence);
        }

        RecordHash hash = RecordHash.Of(record);
        if (hashesToFind.ContainsKey(stamp.Sequence))
        {
            hashesToFind[stamp.Sequence] = hash;
        }

        if (Stamped++ == 0)
        {
            _span = new RecordSpan(place, stamp.Sequence, stamp.PreviousHash, stamp.Sequence, hash, OwnRecord.TellsOfLoss(record));
            ReportStrays($"before record {stamp.Sequence}");
            return;
        }

        Judge(stamp, hash, record, offset);
    }

    /// <summary>Adds data in the place of a record that is not a record, or not part of the chain.</summary>
    internal void AddStray(long offset)
    {
        _strayOffset = _strays++ == 0 ? offset : _strayOffset;
        Unstamped++;
    }

    /// <summary>
    /// Reports what is unresolved at the end of the file: gaps that no later record has filled, and records outside of the chain.
    /// </summary>
    internal void Close()
    {
        if (Stamped > 0)
        {
            ReportStrays($"behind record {_span.Last}");
        }

        foreach ((long first, long last) in _gaps)
        {
            Gaps.Report(findings, AuditFindingKind.Removed, place, place, first, last);
            Gaps.Report(findings, AuditFindingKind.Missing, place, place, first, last);
        }
    }

    private void Judge(TrailStamp stamp, RecordHash hash, ReadOnlySpan<byte> record, long offset)
    {
        bool follows = stamp.PreviousHash == _span.LastHash;
        if (stamp.Sequence == _span.Last + 1)
        {
            if (!follows)
            {
                Report(AuditFindingKind.Changed, _span.Last, offset,
                    $"Record {stamp.Sequence} does not follow on record {_span.Last} as it stands here: one of them was changed.");
            }

            ReportStrays($"before record {stamp.Sequence}");
            Advance(stamp.Sequence, hash);
        }
        else if (follows)
        {
            Report(AuditFindingKind.Changed, _span.Last
                + 1, offset, $"The record behind {_span.Last} follows on it, but has the number {stamp.Sequence}.");
            Advance(_span.Last + 1, hash);
        }
        else if (stamp.Sequence > _span.Last && stamp.Sequence - _span.Last - 1 == _strays)
        {
            ReportStrays($"between records {_span.Last} and {stamp.Sequence}");
            Advance(stamp.Sequence, hash);
        }
        else if (stamp.Sequence > _span.Last)
        {
            ReportStrays($"before record {stamp.Sequence}");
            Open(stamp.Sequence, record);
            Advance(stamp.Sequence, hash);
        }
        else
        {
            JudgeEarlier(stamp, hash, offset);
        }
    }

    private void ReportStrays(FormattableString where)
    {
        if (_strays > 0)
        {
            Report(AuditFindingKind.Changed, null, _strayOffset,
                $"What stands {where} is not a record of the chain, {_strays} of them: changed, or put in.");
            _strays = 0;
        }
    }

    private void Open(long sequence, ReadOnlySpan<byte> record)
    {
        if (OwnRecord.TellsOfLoss(record))
        {
            Gaps.Report(findings, AuditFindingKind.Missing, place, place, _span.Last + 1, sequence - 1);
        }
        else if (_gaps.Count < MaxGaps)
        {
            _gaps.Add((_span.Last + 1, sequence - 1));
        }
        else
        {
            Gaps.Report(findings, AuditFindingKind.Removed, place, place, _span.Last + 1, sequence - 1);
        }
    }

    private void JudgeEarlier(TrailStamp stamp, RecordHash hash, long offset)
    {
        if (stamp.Sequence == _span.First - 1 && _span.Previous == hash)
        {
            _span = _span with { First = stamp.Sequence, Previous = stamp.PreviousHash };
            Report(AuditFindingKind.Reordered, stamp.Sequence, offset, $"Record {stamp.Sequence} stands behind later ones.");
        }
        else if (TryFill(stamp.Sequence))
        {
            Report(AuditFindingKind.Reordered, stamp.Sequence, offset, $"Record {stamp.Sequence} stands behind record {_span.Last}.");
        }
        else
        {
            Report(AuditFindingKind.Added, stamp.Sequence, offset,
                $"A record with the number {stamp.Sequence} stands behind record {_span.Last}; it was repeated or put in.");
        }
    }

    private bool TryFill(long sequence)
    {
        int at = _gaps.FindIndex(gap => gap.First <= sequence && sequence <= gap.Last);
        if (at < 0)
        {
            return false;
        }

        (long first, long last) = _gaps[at];
        _gaps.RemoveAt(at);
        AddGap(first, sequence - 1);
        AddGap(sequence + 1, last);
        return true;
    }

    private void AddGap(long first, long last)
    {
        if (first <= last)
        {
            _gaps.Add((first, last));
        }
    }

    private void Advance(long sequence, RecordHash hash) => _span = _span with { Last = sequence, LastHash = hash };

    private void Report(AuditFindingKind kind, long? sequence, long offset, FormattableString message) =>
        findings.Add(kind, AuditFindingSubject.Record, place, message, sequence, offset);
}
