using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Reads the journal and follows its hash chain.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
/// <param name="snapshot">The journal.</param>
/// <param name="findings">Receives findings.</param>
/// <param name="sealedLast">The newest sealed records.</param>
/// <param name="digests">The digests that records may name; <see langword="null"/> to skip this check.</param>
/// <param name="statements">Receives the statements of the trail's own records; <see langword="null"/> to skip them.</param>
internal sealed class JournalVerification(
    JournalSnapshot snapshot, Findings findings, RecordSpan sealedLast, NamedDigests? digests = null, TrailStatements? statements = null)
{
    private readonly List<RecordSpan> _spans = [];
    private readonly Dictionary<long, RecordHash?> _hashesToFind = new()
    {
        [sealedLast.Last] = null,
        [snapshot.Head?.Newest.Sequence ?? sealedLast.Last] = null,
        [snapshot.Former?.Newest.Sequence ?? sealedLast.Last] = null,
    };

    private bool _isBehindAll;

    /// <summary>Gets the records of the chain: one span for each file, older ones first.</summary>
    internal IReadOnlyList<RecordSpan> Spans => _spans;

    internal long Records { get; private set; }

    /// <summary>Returns the journal's hash for a requested record; <see langword="null"/> if the journal does not contain it.</summary>
    /// <remarks>The requested records are those that the heads name, and the newest sealed one.</remarks>
    internal RecordHash? HashOf(long sequence) => _hashesToFind.GetValueOrDefault(sequence);

    /// <summary>Reads the journal.</summary>
    internal async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach ((string place, JournalReader reader) in snapshot.Read())
        {
            RecordChain chain = new(place, findings, _hashesToFind, digests, statements);
            while (!_isBehindAll && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                Take(chain, reader, place);
            }

            Records += chain.Stamped;
            Close(chain, place);
        }
    }

    private void Take(RecordChain chain, JournalReader reader, string place)
    {
        TrailStamp stamp = default;
        bool isStamped = reader.Fault == RecordFault.None && TrailStamp.TryRead(reader.Record, out stamp);
        if (IsBehindAll(chain, isStamped ? stamp : null))
        {
            _isBehindAll = true;
            findings.Remark($"{place}: from byte {reader.Offset} on there is no record of the chain. Nothing there was acknowledged: it is just being written, or was torn by a crash.");
        }
        else if (isStamped)
        {
            chain.Add(reader.Record, reader.Offset);
        }
        else
        {
            chain.AddStray(reader.Offset);
        }
    }

    // Lines that follow all acknowledged records and do not fit the chain were never acknowledged, even if they look like records. After a
    // crash, any part of a torn group may exist.
    private bool IsBehindAll(RecordChain chain, TrailStamp? stamp)
    {
        RecordSpan last = chain.Span ?? (_spans.Count > 0 ? _spans[^1] : sealedLast);
        if (snapshot.Head is not { } head || last.Last < Math.Max(head.Newest.Sequence, snapshot.Former?.Newest.Sequence ?? 0))
        {
            return false;
        }

        bool follows = stamp?.Sequence == last.Last + 1 && stamp?.PreviousHash == last.LastHash;
        bool repeats = chain.Stamped == 0 && stamp?.Sequence <= last.Last;
        return !follows && !repeats;
    }

    private void Close(RecordChain chain, string place)
    {
        chain.Close();
        if (chain.Span is not RecordSpan span)
        {
            if (chain.Unstamped > 0)
            {
                findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Journal, place,
                    $"What stands here is not a record of the chain.", null, 0);
            }
        }
        else if (_spans.Count == 0 || _spans[^1].First != span.First || _spans[^1].LastHash != span.LastHash)
        {
            // Equal lines mean that both names led to the same file, which was renamed between the two opens.
            _spans.Add(span);
        }
    }
}
