using CloudObserve.Insights;
using CloudObserve.Monitoring.Insights.Binding;

namespace CloudObserve.Monitoring.Insights.Running;

/// <summary>Reads the events of a cursor and sends them through the first steps of a query.</summary>
/// <param name="query">The steps.</param>
/// <param name="reader">Reads the fields.</param>
/// <param name="cursor">The events.</param>
/// <param name="origin">The position of the first event in the order of arrival.</param>
/// <param name="settings">The settings of the execution.</param>
/// <param name="progress">What was read so far.</param>
internal sealed class CursorReading(
    BoundQuery query, InsightsEventReader reader, ILogEventCursor cursor, long origin, QuerySettings settings, QueryProgress progress)
{
    private const int EventsBetweenChecks = 256;
    private const int BytesBetweenChecks = 256 * 1024;

    private long _scanned;
    private long _matched;
    private long _bytes;

    /// <summary>Reads until the end, or until the query has enough.</summary>
    internal void Read(CancellationToken cancellationToken)
    {
        bool hasRange = settings.Start is not null || settings.End is not null;
        int? enough = cursor.IsNewestFirst || query.Collector.IsAnyEnough ? query.Collector.Enough : null;
        long first = query.Collector.Arrived;
        long position = 0;
        try
        {
            while ((enough is null || query.Collector.Arrived - first < enough) && cursor.Read())
            {
                _scanned++;
                _bytes += cursor.Message.Length;
                if (_scanned >= EventsBetweenChecks || _bytes >= BytesBetweenChecks)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Report();
                }

                position++;
                long? timestamp = cursor.Timestamp?.ToUnixTimeMilliseconds();
                if (hasRange && (timestamp is not { } known || known < settings.Start || known > settings.End))
                {
                    continue;
                }

                // The event that arrived last comes first in a cursor that reads backwards.
                reader.Read(cursor, timestamp, origin + (cursor.IsNewestFirst ? -position : position));
                long arrived = query.Collector.Arrived;
                query.First.Push(reader.Row);
                _matched += query.Collector.Arrived > arrived ? 1 : 0;
            }
        }
        finally
        {
            Report();
        }
    }

    private void Report()
    {
        progress.Add(_scanned, _matched, _bytes);
        (_scanned, _matched, _bytes) = (0, 0, 0);
    }
}
