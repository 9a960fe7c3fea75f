using System.Text;
using CloudObserve.Insights;

namespace CloudObserve.Monitoring.Tests.Insights;

/// <summary>Log events in memory, in any number of parts.</summary>
internal sealed class ListedEvents(params IReadOnlyList<ListedEvents.Event>[] parts) : ILogEventSource
{
    internal static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    internal LogEventRange? Range { get; private set; }

    internal int Read { get; private set; }

    public IReadOnlyList<ILogEventCursor> Open(LogEventRange range)
    {
        Range = range;
        return [.. parts.Select(part => new Cursor(this, part))];
    }

    /// <summary>Events a minute apart.</summary>
    internal static ListedEvents Of(params string[] messages) =>
        new([.. messages.Select((message, i) => new Event($"{i}", Start.AddMinutes(i), Encoding.UTF8.GetBytes(message)))]);

    internal sealed record Event(string Id, DateTimeOffset? Time, byte[] Message);

    private sealed class Cursor(ListedEvents owner, IReadOnlyList<Event> events) : ILogEventCursor
    {
        private readonly byte[] _buffer = new byte[events.Select(static e => e.Message.Length).DefaultIfEmpty().Max()];
        private int _index = -1;

        public bool IsNewestFirst { get; } = events.Count > 1 && events[0].Time > events[^1].Time;

        // The buffer is used again for the next event.
        public ReadOnlyMemory<byte> Message => _buffer.AsMemory(0, events[_index].Message.Length);

        public DateTimeOffset? Timestamp => events[_index].Time;

        public DateTimeOffset? IngestionTime => events[_index].Time?.AddSeconds(1);

        public string LogStreamName => "stream";

        public string Log => "000000000000:/shop";

        public string GetPointer() => events[_index].Id;

        public bool Read()
        {
            if (++_index >= events.Count)
            {
                return false;
            }

            owner.Read++;
            events[_index].Message.CopyTo(_buffer, 0);
            return true;
        }

        public void Dispose()
        {
        }
    }
}
