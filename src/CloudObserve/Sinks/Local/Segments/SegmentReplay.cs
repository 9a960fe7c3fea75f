using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Sinks.Local.Segments;

/// <summary>Applies the records of all segments of a directory again, oldest first, and repairs the segments.</summary>
/// <remarks>
/// Each record goes through the ingestion of live requests, with the time at which it was taken first. So the same data is refused, and
/// data
/// expires as it would have without a restart.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class SegmentReplay(
    SegmentDirectory directory, LocalIngestion ingestion, CopiedItemsIndex copied, IDiagnosticEvents events, TimeProvider time,
    Action<string> tell)
{
    private static readonly TimeSpan Step = TimeSpan.FromHours(1);

    // Moments at which earlier processes ran, at most one an hour, in ascending order.
    private readonly List<DateTimeOffset> _moments = [];
    private DateTimeOffset _last;
    private long _records;
    private long _refused;
    private long _bytes;

    /// <summary>Replays the directory.</summary>
    /// <param name="writer">Continues with the newest segment, if that is whole.</param>
    internal void Run(SegmentWriter writer)
    {
        long startedAt = time.GetTimestamp();
        long? newest = null;
        foreach (long number in directory.Numbers)
        {
            newest = Replay(number) ? number : null;
        }

        if (newest is { } last)
        {
            Continue(writer, last);
        }

        if (_records > 0)
        {
            // The newest moment too: the time since then is what the clock is checked by.
            _moments.AddRange(_last > _moments[^1] ? [_last] : []);
            ingestion.CloudWatch.Resume(_moments);
            events.Noticed(SegmentMessages.LocalFilesRead(
                directory.Path, _records, _refused, _bytes, time.GetElapsedTime(startedAt)));
        }
    }

    // Returns whether records can be appended to the segment.
    private bool Replay(long number)
    {
        try
        {
            using SafeFileHandle file = PrivateFiles.OpenReadWrite(directory.PathOf(number));
            long length = RandomAccess.GetLength(file);
            using SegmentReader reader = new(file, length);
            while (reader.TryRead(out KeptRecord record))
            {
                Apply(record);
            }

            _bytes += reader.Position;
            return Repair(number, file, reader);
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            // A pipe, a link, a file without rights: it is not read, and not in the way of the others.
            directory.SetAside(number, 0, exception.Message);
            return false;
        }
    }

    private bool Repair(long number, SafeFileHandle file, SegmentReader reader)
    {
        if (reader.End == SegmentEnd.Damaged)
        {
            directory.SetAside(number, reader.Position, reader.Fault ?? "");
            return false;
        }

        if (reader.Records == 0)
        {
            directory.Delete(number);
            return false;
        }

        if (reader.End == SegmentEnd.Torn)
        {
            RandomAccess.SetLength(file, reader.Position);
        }

        directory.SetLength(number, reader.Position);
        return true;
    }

    private void Continue(SegmentWriter writer, long number)
    {
        try
        {
            writer.Continue(number);
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            tell($"{SegmentName.Of(number)} cannot be continued, so a new segment is begun: {exception.Message}");
        }
    }

    private void Apply(KeptRecord record)
    {
        SendResult result;
        try
        {
            result = ingestion.Apply(record.Operation, record.Body, record.Arrival);
        }
        catch (Exception exception)
        {
            // A file must not keep the application from its start.
            events.InternalError(nameof(SegmentReplay), exception);
            result = SendResult.Failed(ErrorClass.Invalid, exception.GetType().Name, exception.Message);
        }

        _records++;
        _refused += result.Error == ErrorClass.None ? 0 : 1;
        copied.Add(record.Items);
        _last = record.Arrival.RetentionTime > _last ? record.Arrival.RetentionTime : _last;
        if (_moments.Count == 0 || _last - _moments[^1] >= Step)
        {
            _moments.Add(_last);
        }
    }
}
