using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CloudObserve.Diagnostics;
using CloudObserve.Logs.Capture;
using CloudObserve.Logs.EmbeddedMetrics;
using CloudObserve.Logs.Formatting;
using CloudObserve.Logs.Redaction;
using CloudObserve.Logs.Routing;
using CloudObserve.Logs.Wire;
using CloudObserve.Pipeline.Buffering;
using CloudObserve.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs;

/// <summary>The reader's work: takes records out of the ring, writes each as the text of an event, and gathers the events of each stream into batches.</summary>
/// <threadsafety>Not safe for concurrent use: its owner lets one thread in at a time.</threadsafety>
internal sealed class LogPump(
    LogPumpParts parts,
    LogRouter router,
    ILogEventFormatter formatter,
    Redactor? redactor,
    bool isJson,
    ILogEventGate? gate = null,
    HostFormatter? hostFormatter = null,
    bool waitsForRoom = false)
{
    // Records are freed in runs: each release moves a word that writers read, and one a record would have them miss it all the time.
    private const int RecordsPerRelease = 64;

    private readonly Dictionary<LogRoute, LogBatchAssembler> _assemblers = [];
    private readonly List<LogRoute> _released = [];
    private readonly Utf8Buffer _text = new();
    private readonly Utf8Buffer _fallback = new();
    private readonly Utf8Buffer _redacted = new();
    private readonly Utf8Buffer _shortened = new();
    private readonly Utf8Buffer _repaired = new();
    private readonly EventShortener _shortener = new();
    private readonly EmbeddedMetricEvents _embedded = new();
    private readonly EmbeddedMetricTargets _targets = new();

    // Batches that found no room in the delivery. While there are any, nothing is read, so that the ring fills and callers wait.
    private readonly Queue<Batch> _held = new();
    private volatile bool _isHeld;
    private volatile bool _isForced;
    private long _droppedTold;

    // Read once for some records: it is compared with limits of hours, and reading the clock costs as much as a tenth of an event.
    private DateTimeOffset _now;

    /// <summary>Gets a value indicating whether reading has stopped until the delivery has room.</summary>
    internal bool IsHeld => _isHeld;

    /// <summary>Waits for room no longer, because the end has come. Safe from any thread.</summary>
    internal void Force() => _isForced = true;

    /// <summary>Reads everything that is published now, unless the delivery has no room. Batches that are full go to the delivery loop.</summary>
    /// <returns>How many records were read.</returns>
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

    /// <summary>Sends what has been gathered, however little it is, and says what had to be dropped meanwhile.</summary>
    internal void SealAll()
    {
        DateTimeOffset now = parts.Time.GetUtcNow();
        if (!TryReleaseHeld())
        {
            return;
        }

        TellDropped();
        foreach (LogBatchAssembler assembler in _assemblers.Values)
        {
            Enqueue(assembler.Seal(now));
        }
    }

    /// <summary>Lets go of what reads the host's formatter, because there will be no more events.</summary>
    internal void CloseFormatter() => hostFormatter?.Dispose();

    /// <summary>Lets go of streams that nothing went to since the last call. Call it after <see cref="SealAll"/>.</summary>
    internal void ReleaseIdle()
    {
        _released.Clear();
        router.ReleaseIdle(_released);
        foreach (LogRoute route in _released)
        {
            _ = _assemblers.Remove(route);
        }
    }

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
            // Logged since the clock was read.
            _now = parts.Time.GetUtcNow();
        }

        _text.Trim();
        if (_embedded.TryRead(logEvent, _text))
        {
            ProcessDocument(in logEvent);
        }
        else if (hostFormatter is null)
        {
            formatter.Format(logEvent, _text);
            Ship(in logEvent, Redact(_text.Written));
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

        // What was logged before comes before. The text is there already, and is not used for it.
        ShipFormatted();
        Ship(in logEvent, Redact(_text.Written, _targets), isDocument: true);
    }

    /// <summary>Has the application's formatter write the events that wait for it, and ships them.</summary>
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
        if (index < done && job.Fault(index) is { } fault)
        {
            LoseToFormatter(host, $"The formatter threw {fault.GetType().Name}: {ExceptionText.MessageOf(fault)}");
        }
        else if (index < done)
        {
            Ship(in logEvent, Redact(job.Text(index)));
        }
        else if (index == done && isHanging)
        {
            LoseToFormatter(
                host, $"The formatter has not returned within {HostFormatter.Timeout.TotalSeconds} seconds. Until it does, events are written by the library's own");
        }
        else
        {
            _fallback.CutTo(0);
            formatter.Format(logEvent, _fallback);
            Ship(in logEvent, Redact(_fallback.Written));
        }
    }

    private void Ship(in LogEvent logEvent, ReadOnlySpan<byte> redacted, bool isDocument = false)
    {
        // Before routing: it bounds how many days, and so how many streams named by a date, are told apart.
        DateTimeOffset time = SentTime(logEvent.Timestamp);
        LogRoute route = router.Route(logEvent.Category, logEvent.Level, time);

        // A document of the embedded metric format that does not fit is refused by the assembler: cut, it would be no metric.
        ReadOnlySpan<byte> text = isDocument ? redacted : Fit(redacted);
        if (gate?.Keep(route, time, _now, Repair(text)) is { } kept)
        {
            parts.Ledger.Lose(kept, 1, "a metric filter has kept the event back.");
            return;
        }

        Append(route, time, text);
    }

    // A record is read soon after it was written. So a time that the service would refuse means that the clock was set meanwhile, and the event gets the
    // time at which it is read.
    private DateTimeOffset SentTime(DateTimeOffset logged) => LogEventTimes.Check(logged.ToUnixTimeMilliseconds(), _now) is null ? logged : _now;

    private void LoseToFormatter(HostFormatter host, string rule) => parts.Ledger.LoseToMisuse(LossReason.FormatterFailed, 1, host.Name, rule);

    // A fault of ours with one event must not end the reading of all later ones, and the event is not to be missing from the books.
    private void LoseToFault(Exception exception)
    {
        parts.Ledger.Lose(LossReason.EncodingFailed, 1, $"an event could not be written: {exception.GetType().Name}.");
        parts.Events.InternalError("writing a log event", exception);
    }

    private void LoseCutDocument(string category) => parts.Ledger.LoseToMisuse(
        LossReason.TooLarge, 1, category, "A document of the embedded metric format was larger than an event may be; cut, it would be no metric");

    private ReadOnlySpan<byte> Redact(ReadOnlySpan<byte> text, EmbeddedMetricTargets? targets = null)
    {
        _redacted.Trim();
        return redactor is not null && redactor.TryRedact(text, _redacted, targets) ? _redacted.Written : text;
    }

    // What is not UTF-8 is repaired when it is written into a request; whoever looks at the event sees what is shipped.
    private ReadOnlySpan<byte> Repair(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return text;
        }

        _repaired.Trim();
        Utf8Repair.Write(text, _repaired);
        return _repaired.Written;
    }

    private ReadOnlySpan<byte> Fit(ReadOnlySpan<byte> text)
    {
        if (text.Length <= EventShortener.MaxEventBytes)
        {
            return text;
        }

        _shortened.Trim();
        _shortener.Shorten(text, EventShortener.MaxEventBytes, _shortened);
        return _shortened.Written;
    }

    private void Append(LogRoute route, DateTimeOffset time, ReadOnlySpan<byte> text)
    {
        if (!_assemblers.TryGetValue(route, out LogBatchAssembler? assembler))
        {
            _assemblers[route] = assembler = new LogBatchAssembler(route);
        }

        if (!assembler.TryAppend(time.ToUnixTimeMilliseconds(), text, _now, out Batch? full, out LossReason refusal))
        {
            parts.Ledger.Lose(refusal, 1, $"an event for {route.LogGroup} {route.LogStream} was not put into a request: {RefusalDetail(refusal)}");
        }

        Enqueue(full);
    }

    private static string RefusalDetail(LossReason refusal) => refusal == LossReason.TooLarge
        ? "it is larger than an event may be."
        : "the service does not take its time.";

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

    /// <summary>Hands batches that are held to the delivery, as far as it has room.</summary>
    /// <returns>Whether none is held any more.</returns>
    private bool TryReleaseHeld()
    {
        while (_held.TryPeek(out Batch? next))
        {
            // Stored before room is looked for, with a full fence between: who makes room after that look finds the flag, and wakes the reader.
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

    /// <summary>Says in the stream itself that events are missing from it: whoever searches it sees no ledger.</summary>
    private void TellDropped()
    {
        long dropped = parts.Buffer.Dropped;
        if (dropped == _droppedTold)
        {
            return;
        }

        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"{dropped - _droppedTold} events were dropped because more was logged than could be written: the buffer (Logs:BufferBytes) was full.");
        _droppedTold = dropped;
        parts.Ledger.Accept(1);
        DateTimeOffset now = _now = parts.Time.GetUtcNow();
        Append(router.Route(Log.DeliveryCategory, LogLevel.Warning, now), now, Notice(now, message));
    }

    private byte[] Notice(DateTimeOffset now, string message) => Encoding.UTF8.GetBytes(isJson
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"timestamp\":\"{now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\",\"level\":\"Warning\",\"category\":\"{Log.DeliveryCategory}\",\"message\":\"{JsonEncodedText.Encode(message)}\"}}")
        : message);
}
