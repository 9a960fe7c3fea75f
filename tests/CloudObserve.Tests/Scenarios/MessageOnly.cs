using System.Buffers;
using CloudObserve.Logs;

namespace CloudObserve.Tests.Scenarios;

/// <summary>Writes an event as its message and nothing else.</summary>
internal sealed class MessageOnly : ILogEventFormatter
{
    public void Format(in LogEvent logEvent, IBufferWriter<byte> output) => logEvent.WriteMessage(output);
}
