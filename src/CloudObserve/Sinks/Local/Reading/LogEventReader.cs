using System.Globalization;
using CloudObserve.Filters;
using CloudObserve.Sinks.Local.Reading;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Local;

/// <summary>Reads the events of a log group one after the other, without creating an object for an event.</summary>
/// <remarks>
/// The reader holds no lock between two calls. It reads the events that were accepted before it was created, in order of their timestamps,
/// and in order of their arrival within the same timestamp. Events that expire, or are dropped for the memory limit, before the reader
/// reaches them are not read.
/// </remarks>
/// <threadsafety>Not safe for concurrent use. Several readers may read at the same time.</threadsafety>
public sealed class LogEventReader
{
    private readonly LogScan _scan;
    private readonly FilterPattern? _pattern;
    private bool _hasEvent;

    internal LogEventReader(LogScan scan, FilterPattern? pattern) => (_scan, _pattern) = (scan, pattern);

    /// <summary>Gets the message of the current event, in UTF-8. It is never changed, so it may be kept.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Read"/> did not return <see langword="true"/>.</exception>
    public ReadOnlyMemory<byte> Message => Event.Message;

    /// <summary>Gets the time of the current event, with a precision of a millisecond.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Read"/> did not return <see langword="true"/>.</exception>
    public DateTimeOffset Timestamp => DateTimeOffset.FromUnixTimeMilliseconds(Event.Position.Timestamp);

    /// <summary>Gets the time at which the current event was received, with a precision of a millisecond.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Read"/> did not return <see langword="true"/>.</exception>
    public DateTimeOffset IngestionTime => DateTimeOffset.FromUnixTimeMilliseconds(Event.IngestionTime);

    /// <summary>Gets the log stream of the current event.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Read"/> did not return <see langword="true"/>.</exception>
    public string LogStreamName => _hasEvent ? _scan.Current.Stream : throw NoEvent();

    /// <summary>Gets the number of events that were examined, whether they matched the pattern or not.</summary>
    public long ScannedEvents { get; private set; }

    /// <summary>Gets the number of bytes of the messages that were examined.</summary>
    public long ScannedBytes { get; private set; }

    private StoredLogEvent Event => _hasEvent ? _scan.Current.Event : throw NoEvent();

    /// <summary>Moves to the next event that matches the pattern.</summary>
    /// <returns><see langword="false"/> if there are no more events.</returns>
    public bool Read()
    {
        while (_scan.Read())
        {
            byte[] message = _scan.Current.Event.Message;
            ScannedEvents++;
            ScannedBytes += message.Length;
            if (_pattern?.IsMatch(message) != false)
            {
                return _hasEvent = true;
            }
        }

        return _hasEvent = false;
    }

    /// <summary>Creates the id of the current event, which <c>FilterLogEvents</c> returns too.</summary>
    /// <returns>The id: 56 digits.</returns>
    /// <exception cref="InvalidOperationException"><see cref="Read"/> did not return <see langword="true"/>.</exception>
    public string GetEventId() => Event.Position.Id.ToString("D56", CultureInfo.InvariantCulture);

    private static InvalidOperationException NoEvent() => new("There is no current event: Read was not called, or it returned false.");
}
