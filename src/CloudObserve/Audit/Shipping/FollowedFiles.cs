using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Shipping;

/// <summary>Finds the file that contains a record.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class FollowedFiles(TrailLayout layout)
{
    // After the clock was set back, the order of files differs from that of their records by at most the longest interval of digests.
    private static readonly TimeSpan Disorder = TimeSpan.FromHours(1);

    // The first record number of each existing sealed file that was requested before. Zero means that the file has no readable record.
    private Dictionary<string, long> _firsts = new(StringComparer.Ordinal);

    /// <summary>Finds the file that contains a record or, if no file can contain it, the file that continues after the gap.</summary>
    /// <param name="sequence">The number of the record.</param>
    /// <param name="emptyUpTo">Files that begin up to this number are excluded.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    internal async ValueTask<FollowedFile?> FindAsync(long sequence, long emptyUpTo, CancellationToken cancellationToken)
    {
        // The journal is opened first and in this order, because lines move from the active file to the sealing file, and from there to
        // sealed files.
        FollowedFile? active = await FollowedFile.TryOpenAsync(layout.ActiveFile, grows: true, cancellationToken).ConfigureAwait(false);
        FollowedFile? sealing = await FollowedFile.TryOpenAsync(layout.SealingFile, grows: true, cancellationToken).ConfigureAwait(false);
        List<FollowedFile> open = [.. new[] { active, sealing }.OfType<FollowedFile>().Where(f => f.First > emptyUpTo)];
        if (!open.Exists(f => f.First <= sequence))
        {
            await AddSealedAsync(open, sequence, emptyUpTo, cancellationToken).ConfigureAwait(false);
        }

        FollowedFile? found = open.Where(f => f.First <= sequence).MaxBy(static f => f.First) ?? open.MinBy(static f => f.First);
        foreach (FollowedFile other in open.Append(active).Append(sealing).OfType<FollowedFile>().Where(f => f != found))
        {
            other.Dispose();
        }

        return found;
    }

    private async ValueTask AddSealedAsync(List<FollowedFile> open, long sequence, long emptyUpTo, CancellationToken cancellationToken)
    {
        TrailFile? best = await NewestUpToAsync(sequence, emptyUpTo, cancellationToken).ConfigureAwait(false);
        if (best is not null
            && await FollowedFile.TryOpenAsync(layout.PathOf(best.Key), grows: false, cancellationToken).ConfigureAwait(false) is { } found)
        {
            open.Add(found);
        }
    }

    // Starts at the newest file, so that shipping that is only slightly behind reads the beginnings of few files.
    private async ValueTask<TrailFile?> NewestUpToAsync(long sequence, long emptyUpTo, CancellationToken cancellationToken)
    {
        TrailFile[] files = [.. layout.Files().Where(static f => f.Kind == TrailFileKind.Log).OrderByDescending(static f => f.Time)];
        _firsts = files.Where(f => _firsts.ContainsKey(f.Key)).ToDictionary(static f => f.Key, f => _firsts[f.Key], StringComparer.Ordinal);
        (TrailFile? upTo, TrailFile? behind) = (null, null);
        foreach (TrailFile file in files.TakeWhile(f => upTo is null || f.Time >= upTo.Time - Disorder))
        {
            long first = await FirstOfAsync(file, cancellationToken).ConfigureAwait(false);
            if (first <= emptyUpTo || first == 0)
            {
                continue;
            }

            if (first <= sequence)
            {
                upTo = upTo is null || first > _firsts[upTo.Key] ? file : upTo;
            }
            else
            {
                behind = behind is null || first < _firsts[behind.Key] ? file : behind;
            }
        }

        return upTo ?? behind;
    }

    private async ValueTask<long> FirstOfAsync(TrailFile file, CancellationToken cancellationToken)
    {
        if (!_firsts.TryGetValue(file.Key, out long first))
        {
            using FollowedFile? opened = await FollowedFile.TryOpenAsync(layout.PathOf(file.Key), grows: false, cancellationToken)
                .ConfigureAwait(false);
            _firsts[file.Key] = first = opened?.First ?? 0;
        }

        return first;
    }
}
