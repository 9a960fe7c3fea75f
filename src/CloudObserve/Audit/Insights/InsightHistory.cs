using System.IO.Compression;
using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Insights;

/// <summary>Feeds a detector with the trail's records of the last seven days.</summary>
internal static class InsightHistory
{
    internal static async Task LearnAsync(
        InsightDetector detector, string directory, DateTimeOffset now, CancellationToken cancellationToken)
    {
        TrailDirectory trail = new(directory);
        using JournalSnapshot journal = new(trail.Layout);
        foreach (TrailPath file in trail.Survey().Of(TrailFileKind.Log).Where(file => file.Time >= now - InsightLimits.Baseline))
        {
            try
            {
                using LogFileReader reader = new(new GZipStream(TrailDirectory.Open(file.Path), CompressionMode.Decompress));
                await LearnAsync(detector, reader, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // An unreadable file is skipped. Verification reports such files.
                continue;
            }
        }

        foreach ((_, JournalReader reader) in journal.Read())
        {
            await LearnAsync(detector, reader, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task LearnAsync(InsightDetector detector, RecordReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (reader.Fault == RecordFault.None && TryRead(reader.Record, out InsightSample sample))
            {
                detector.Learn(sample);
            }
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> record, out InsightSample sample)
    {
        sample = default;
        try
        {
            Utf8JsonReader json = new(record, new JsonReaderOptions { MaxDepth = RecordReader.MaxDepth });
            InsightFields fields = default;
            fields.Read(ref json);
            return fields.TryGet(out sample);
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
