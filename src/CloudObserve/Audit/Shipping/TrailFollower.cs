using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Shipping;

/// <summary>Reads the records of a trail in order while it is written: from sealed files, then from the journal, and on across its rotations.</summary>
/// <remarks>
/// A record is found by its number, never by its place: lines move from the active file into the sealing one and into sealed files while they are
/// read, and after a crash they may stand in two places. Lines that somebody changed so that they have no number are passed over.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class TrailFollower(TrailLayout layout, long after) : IDisposable
{
    private readonly FollowedFiles _files = new(layout);
    private FollowedFile? _file;

    // Files that begin up to here were read in vain: what should follow in them is gone, and it goes on behind the gap.
    private long _barren;
    private bool _foundAny;

    /// <summary>Gets the number of the last record that was read.</summary>
    internal long Sequence { get; private set; } = after;

    /// <summary>Gets the record. Valid until the next is read.</summary>
    internal ReadOnlySpan<byte> Record => _file!.Record;

    public void Dispose() => Leave();

    /// <summary>Goes back: what was read behind a record is read again.</summary>
    internal void Return(long sequence)
    {
        Leave();
        Sequence = sequence;
    }

    /// <summary>Reads the next record.</summary>
    /// <param name="newest">The newest record that is on the disk for good; what stands behind it may still be taken back.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="IOException">A file cannot be read now.</exception>
    internal async ValueTask<bool> ReadAsync(long newest, CancellationToken cancellation)
    {
        while (Sequence < newest)
        {
            if (_file is null && !await TryFindAsync(cancellation).ConfigureAwait(false))
            {
                break;
            }

            if (await _file!.ReadAsync(Sequence, newest, cancellation).ConfigureAwait(false) is { } found)
            {
                Sequence = found;
                (_foundAny, _barren) = (true, 0);
                return true;
            }

            // A file that gave something may have a successor that begins no later than it did: a journal that was rebuilt does.
            _barren = _foundAny ? 0 : _file.First;
            Leave();
        }

        _barren = 0;
        return false;
    }

    private async ValueTask<bool> TryFindAsync(CancellationToken cancellation)
    {
        _foundAny = false;
        _file = await _files.FindAsync(Sequence + 1, _barren, cancellation).ConfigureAwait(false);
        return _file is not null;
    }

    private void Leave()
    {
        _file?.Dispose();
        _file = null;
    }
}
