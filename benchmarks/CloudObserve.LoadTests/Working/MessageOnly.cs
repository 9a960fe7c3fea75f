using System.Buffers;
using CloudObserve.Logs;

namespace CloudObserve.LoadTests.Working;

/// <summary>Writes only the message of an event, which begins with the event's number.</summary>
internal sealed class MessageOnly : ILogEventFormatter
{
    public void Format(in LogEvent logEvent, IBufferWriter<byte> output) => logEvent.WriteMessage(output);
}
