using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Shipping;

/// <summary>
/// Reads the records of a trail in order while it is being written: from sealed files, then from the journal, across its rotations.
/// </summary>
/// <remarks>
/// Records are found by number, never by position. Lines move from the active file to the sealing file and to sealed files while they are
/// read, and after a crash they may exist in two places. Lines without a number, which someone must have changed, are skipped.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class TrailFollower(TrailLayout layout, long after) : IDisposable
{
    private readonly FollowedFiles _files = new(layout);
    private FollowedFile? _file;

    // Files that begin up to this number were read without success: the expected record does not exist in them, and the trail continues
    // after the gap.
    private long _firstOfEmptyFile;
    private bool _foundAny;

    /// <summary>Gets the number of the last record that was read.</summary>
    internal long Sequence { get; private set; } = after;

    /// <summary>Gets the record.</summary>
    /// <remarks>It is valid until the next one is read.</remarks>
    internal ReadOnlySpan<byte> Record => _file!.Record;

    public void Dispose() => Leave();

    /// <summary>Goes back, so that everything after a record is read again.</summary>
    internal void Return(long sequence)
    {
        Leave();
        Sequence = sequence;
    }

    /// <summary>Reads the next record.</summary>
    /// <param name="newest">The newest acknowledged record. Later ones may still be removed.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="IOException">A file cannot be read at present.</exception>
    internal async ValueTask<bool> ReadAsync(long newest, CancellationToken cancellationToken)
    {
        while (Sequence < newest)
        {
            if (_file is null && !await TryFindAsync(cancellationToken).ConfigureAwait(false))
            {
                break;
            }

            if (await _file!.ReadAsync(Sequence, newest, cancellationToken).ConfigureAwait(false) is { } found)
            {
                Sequence = found;
                (_foundAny, _firstOfEmptyFile) = (true, 0);
                return true;
            }

            // The successor of a file that yielded a record may begin at the same number or before it, as after the journal was rebuilt.
            _firstOfEmptyFile = _foundAny ? 0 : _file.First;
            Leave();
        }

        _firstOfEmptyFile = 0;
        return false;
    }

    private async ValueTask<bool> TryFindAsync(CancellationToken cancellationToken)
    {
        _foundAny = false;
        _file = await _files.FindAsync(Sequence + 1, _firstOfEmptyFile, cancellationToken).ConfigureAwait(false);
        return _file is not null;
    }

    private void Leave()
    {
        _file?.Dispose();
        _file = null;
    }
}
