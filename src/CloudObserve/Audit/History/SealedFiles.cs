using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.History;

/// <summary>The sealed files from which a page may come.</summary>
/// <param name="Any">Whether there are any, also such that this page does not come from.</param>
/// <param name="NewestFirst">The files, the newest first; those sealed in the same minute in the order of their records.</param>
/// <threadsafety>Immutable.</threadsafety>
internal sealed record SealedFiles(bool Any, IReadOnlyList<TrailPath> NewestFirst)
{
    internal static async Task<SealedFiles> FindAsync(TrailDirectory trail, PageToken token, CancellationToken cancellation)
    {
        List<TrailPath> files = [];
        IReadOnlyCollection<TrailPath> all = trail.FindLogs();
        foreach (IGrouping<DateTimeOffset, TrailPath> minute in all
            .Where(file => !(file.Time > token.File?.Time))
            .GroupBy(static file => file.Time)
            .OrderByDescending(static minute => minute.Key))
        {
            files.AddRange(await InOrderAsync([.. minute], cancellation).ConfigureAwait(false));
        }

        // A file that went since the page before leaves those behind it.
        int at = token.File is null ? 0 : files.FindIndex(file => file.Key == token.File.Key);
        return new SealedFiles(all.Count > 0, at >= 0 ? files[at..] : [.. files.Where(file => file.Time < token.File!.Time)]);
    }

    private static async Task<IEnumerable<TrailPath>> InOrderAsync(TrailPath[] files, CancellationToken cancellation)
    {
        if (files.Length == 1)
        {
            return files;
        }

        List<(long First, TrailPath File)> sorted = [];
        foreach (TrailPath file in files)
        {
            sorted.Add((await FirstAsync(file, cancellation).ConfigureAwait(false), file));
        }

        return sorted.OrderByDescending(static file => file.First).ThenByDescending(static file => file.File.Key, StringComparer.Ordinal).Select(static file => file.File);
    }

    private static async Task<long> FirstAsync(TrailPath path, CancellationToken cancellation)
    {
        try
        {
            using LogFileReader reader = TrailDirectory.OpenRecords(path);
            return await reader.ReadAsync(cancellation).ConfigureAwait(false) && TrailStamp.TryRead(reader.Record, out TrailStamp stamp) ? stamp.Sequence : 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it will come upon it again, and report it.
            return 0;
        }
    }
}
