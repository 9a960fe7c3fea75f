using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.LogEvents.Routing;
using CloudObserve.LogEvents.Text;
using CloudObserve.LogEvents.Wire;
using CloudObserve.Logs.EmbeddedMetrics;
using CloudObserve.Logs.Formatting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs;

/// <summary>
/// Reads records from the ring, writes each as the text of an event, and collects the events of each stream into batches.
/// </summary>
/// <threadsafety>Not safe for concurrent use; the owner ensures that one thread at a time uses it.</threadsafety>
/// <param name="parts">The parts of the logs.</param>
/// <param name="batches">Routes the events and collects them.</param>
/// <param name="texts">Writes the text of events.</param>
/// <param name="filter">Receives each event before it is shipped, and may withhold it.</param>
/// <param name="hostFormatter">Runs the application's formatter, if there is one.</param>
/// <param name="waitsForRoom">Whether batches are held while the delivery has no room for them.</param>
internal sealed class LogPump(
    LogPumpParts parts,
    LogBatches batches,
    EventTexts texts,
    ILogEventFilter? filter = null,
    HostFormatter? hostFormatter = null,
    bool waitsForRoom = false)
{
    // Records are released in groups. Each release changes a word that writers read, so releasing records one by one would cause constant
    // cache misses for them.
    private const int RecordsPerRelease = 64;

    private readonly List<Batch> _sealed = [];
    private readonly Utf8Buffer _text = new();
    private readonly Utf8Buffer _fallback = new();
    private readonly EmbeddedMetricEvents _embedded = new();
    private readonly EmbeddedMetricTargets _targets = new();

    // Batches that the delivery had no room for. While there are any, nothing is read, so that the ring fills and callers wait.
    private readonly Queue<Batch> _held = new();
    private volatile bool _isHeld;
    private volatile bool _isForced;
    private long _droppedTold;

    // Read once for several records. It is compared with limits of hours, and reading the clock costs a tenth of the time of an event.
    private DateTimeOffset _now;

    /// <summary>Gets a value indicating whether reading has stopped until the delivery has room.</summary>
    internal bool IsHeld => _isHeld;

    /// <summary>Ends waiting for room, because the host is closing.</summary>
    /// <remarks>Safe from any thread.</remarks>
    internal void Force() => _isForced = true;

    /// <summary>Reads all records that are published now, unless the delivery has no room.</summary>
    /// <remarks>Full batches go to the delivery loop.</remarks>
    /// <returns>The number of records read.</returns>
    internal int ReadAll()
    {
        int read = 0;
        _now = parts.Time.GetUtcNow();
        while (TryReleaseHeld() && parts.Ring.TryRead(out ReadOnlySpan<byte> record))
        {
            ProcessSafely(record);
            if (++read % RecordsPerRelease == 0)
            {
                parts.Ring.Release();
                _now = parts.Time.GetUtcNow();
            }
        }

        ShipFormatted();
        parts.Ring.Release();
        return read;
    }

    /// <summary>Sends all collected events, however few, and reports dropped events.</summary>
    internal void SealAll()
    {
        DateTimeOffset now = parts.Time.GetUtcNow();
        if (!TryReleaseHeld())
        {
            return;
        }

        TellDropped();
        batches.SealAll(now, _sealed);
        foreach (Batch batch in _sealed)
        {
            Enqueue(batch);
        }

        _sealed.Clear();
    }

    /// <summary>Disposes the runner of the application's formatter, because no more events will follow.</summary>
    internal void CloseFormatter() => hostFormatter?.Dispose();

    /// <summary>Releases the state of streams without events since the last call.</summary>
    /// <remarks>Call it after <see cref="SealAll"/>.</remarks>
    internal void ReleaseIdle() => batches.ReleaseIdle();

    private void ProcessSafely(ReadOnlySpan<byte> record)
    {
        try
        {
            Process(record);
        }
        catch (Exception exception)
        {
            LoseToFault(exception);
        }
    }

    private void Process(ReadOnlySpan<byte> record)
    {
        LogEvent logEvent = new(record, parts.Texts);
        if (logEvent.Timestamp > _now)
        {
            // The event was logged after the clock was read.
            _now = parts.Time.GetUtcNow();
        }

        _text.Trim();
        if (_embedded.TryRead(logEvent, _text))
        {
            ProcessDocument(in logEvent);
        }
        else if (hostFormatter is null)
        {
            texts.Format(in logEvent, _text);
            Ship(in logEvent, texts.Redact(_text.Written));
        }
        else
        {
            hostFormatter.Job.Add(record);
            if (hostFormatter.Job.Count == FormatJob.MaxEvents)
            {
                ShipFormatted();
            }
        }
    }

    private void ProcessDocument(in LogEvent logEvent)
    {
        if (_embedded.IsCut)
        {
            LoseCutDocument(logEvent.Category);
            return;
        }

        // Events that were logged before must be shipped before. The document's text has been read already and does not use the formatter.
        ShipFormatted();
        Ship(in logEvent, texts.Redact(_text.Written, _targets), isDocument: true);
    }

    /// <summary>Runs the application's formatter on the waiting events and ships them.</summary>
    private void ShipFormatted()
    {
        if (hostFormatter is null || hostFormatter.Job.Count == 0)
        {
            return;
        }

        FormatJob job = hostFormatter.Run(out bool isHanging);
        int done = job.Done;
        for (int i = 0; i < job.Count; i++)
        {
            try
            {
                ShipFormatted(hostFormatter, job, i, done, isHanging);
            }
            catch (Exception exception)
            {
                LoseToFault(exception);
            }
        }

        hostFormatter.Job.Clear();
    }

    private void ShipFormatted(HostFormatter host, FormatJob job, int index, int done, bool isHanging)
    {
        LogEvent logEvent = new(job.Record(index), parts.Texts);
        if (index < done && job.Fault(index) is { } exception)
        {
            LoseToFormatter(host, $"The formatter threw {exception.GetType().Name}: {ExceptionText.MessageOf(exception)}");
        }
        else if (index < done)
        {
            Ship(in logEvent, texts.Redact(job.Text(index)));
        }
        else if (index == done && isHanging)
        {
            LoseToFormatter(
                host,
                $"The formatter has not returned within {HostFormatter.Timeout.TotalSeconds} seconds. Until it does, events are written by "
                    + $"the built-in formatter");
        }
        else
        {
            _fallback.CutTo(0);
            texts.Format(in logEvent, _fallback);
            Ship(in logEvent, texts.Redact(_fallback.Written));
        }
    }

    private void Ship(in LogEvent logEvent, ReadOnlySpan<byte> redacted, bool isDocument = false)
    {
        // Before routing, because it limits the number of days, and so the number of streams named by date.
        DateTimeOffset time = SentTime(logEvent.Timestamp);
        LogRoute route = batches.Route(logEvent.Category, logEvent.Level, time);

        // An embedded metric document that is too large is refused by the assembler. Truncated, it would not be a metric.
        ReadOnlySpan<byte> text = isDocument ? redacted : texts.Fit(redacted);
        if (filter?.Withhold(route, time, _now, texts.Repair(text)) is { } kept)
        {
            parts.Ledger.Lose(kept, 1, "a metric filter withheld the event.");
            return;
        }

        Append(route, time, text);
    }

    // A record is read soon after it was written. So a time that the service would refuse means that the clock was changed in between, and
    // the event gets the current time.
    private DateTimeOffset SentTime(DateTimeOffset logged) =>
        LogEventTimes.Check(logged.ToUnixTimeMilliseconds(), _now) is null ? logged : _now;

    private void LoseToFormatter(HostFormatter host, string rule) =>
        parts.Ledger.LoseToMisuse(
            LogLossReasons.FormatterFailed, 1, host.Name, rule, LogLossReasons.PublicRuleOf(LogLossReasons.FormatterFailed));

    // An internal error with one event must not stop the reading of later ones, and the event must be counted as lost.
    private void LoseToFault(Exception exception)
    {
        parts.Ledger.Lose(LossReason.EncodingFailed, 1, $"an event could not be written: {exception.GetType().Name}.");
        parts.Events.InternalError("writing a log event", exception);
    }

    private void LoseCutDocument(string category) => parts.Ledger.LoseToMisuse(
        LossReason.TooLarge,
        1,
        category,
        "An embedded metric document is larger than the limit of an event; it cannot be truncated, because it would no longer be a metric");

    private void Append(LogRoute route, DateTimeOffset time, ReadOnlySpan<byte> text)
    {
        if (batches.Append(route, time, text, _now, out Batch? full) is { } refusal)
        {
            parts.Ledger.Lose(
                refusal, 1, $"an event for {route.LogGroup} {route.LogStream} was not added to a request: {RefusalDetail(refusal)}");
        }

        Enqueue(full);
    }

    private static string RefusalDetail(LossReason refusal) => refusal == LossReason.TooLarge
        ? "it exceeds the size limit of an event."
        : "the service does not accept its timestamp.";

    private void Enqueue(Batch? batch)
    {
        if (batch is null)
        {
            return;
        }

        if (waitsForRoom && !_isForced && (_held.Count > 0 || !parts.Loop.HasRoomFor(batch.Body.Length)))
        {
            _held.Enqueue(batch);
            return;
        }

        parts.Loop.Enqueue(batch);
    }

    /// <summary>Passes held batches to the delivery while it has room.</summary>
    /// <returns><see langword="true"/> if no batch is held any more.</returns>
    private bool TryReleaseHeld()
    {
        while (_held.TryPeek(out Batch? next))
        {
            // Stored before the check for room, with a full fence in between: a thread that makes room after the check sees the flag and
            // wakes the reader.
            _isHeld = true;
            Interlocked.MemoryBarrier();
            if (!_isForced && !parts.Loop.HasRoomFor(next.Body.Length))
            {
                return false;
            }

            parts.Loop.Enqueue(_held.Dequeue());
        }

        _isHeld = false;
        return true;
    }

    /// <summary>
    /// Writes an event about dropped events to the stream itself, because a reader of the stream does not see the counters.
    /// </summary>
    private void TellDropped()
    {
        long dropped = parts.Buffer.Dropped;
        if (dropped == _droppedTold)
        {
            return;
        }

        long untold = dropped - _droppedTold;
        string message =
            $"{Counted.Of(untold, "event")} {Counted.Form(untold, "was", "were")} dropped because more was logged than the buffer "
                + $"(Logs:BufferBytes) can hold.";
        _droppedTold = dropped;
        parts.Ledger.Accept(1);
        DateTimeOffset now = _now = parts.Time.GetUtcNow();
        Append(batches.Route(Log.DeliveryCategory, LogLevel.Warning, now), now, texts.Notice(now, message));
    }
}
