using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.History;

/// <summary>Lists the sealed files from which a page may be taken.</summary>
/// <param name="Any">Whether there are sealed files, including those that this page does not use.</param>
/// <param name="NewestFirst">The files, newest first. Files sealed in the same minute are in the order of their records.</param>
/// <threadsafety>Immutable.</threadsafety>
internal sealed record SealedFiles(bool Any, IReadOnlyList<TrailPath> NewestFirst)
{
    internal static async Task<SealedFiles> FindAsync(TrailDirectory trail, AuditPageToken token, CancellationToken cancellationToken)
    {
        List<TrailPath> files = [];
        IReadOnlyCollection<TrailPath> all = trail.FindLogs();
        foreach (IGrouping<DateTimeOffset, TrailPath> minute in all
            .Where(file => !(file.Time > token.File?.Time))
            .GroupBy(static file => file.Time)
            .OrderByDescending(static minute => minute.Key))
        {
            files.AddRange(await InOrderAsync([.. minute], cancellationToken).ConfigureAwait(false));
        }

        // The previous page's file may have been removed. Then the older files follow.
        int at = token.File is null ? 0 : files.FindIndex(file => file.Key == token.File.Key);
        return new SealedFiles(all.Count > 0, at >= 0 ? files[at..] : [.. files.Where(file => file.Time < token.File!.Time)]);
    }

    private static async Task<IEnumerable<TrailPath>> InOrderAsync(TrailPath[] files, CancellationToken cancellationToken)
    {
        if (files.Length == 1)
        {
            return files;
        }

        List<(long First, TrailPath File)> sorted = [];
        foreach (TrailPath file in files)
        {
            sorted.Add((await FirstAsync(file, cancellationToken).ConfigureAwait(false), file));
        }

        return sorted.OrderByDescending(static file => file.First).ThenByDescending(static file => file.File.Key, StringComparer.Ordinal)
            .Select(static file => file.File);
    }

    private static async Task<long> FirstAsync(TrailPath path, CancellationToken cancellationToken)
    {
        try
        {
            using LogFileReader reader = TrailDirectory.OpenRecords(path);
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                && TrailStamp.TryRead(reader.Record, out TrailStamp stamp) ? stamp.Sequence : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The search reads the file again later and reports the failure.
            return 0;
        }
    }
}
