using System.Diagnostics.Tracing;

namespace CloudObserve.Diagnostics;

/// <summary>An event source for tools such as <c>dotnet-trace</c>, which works even when logging does not.</summary>
[EventSource(Name = "CloudObserve")]
internal sealed class CloudObserveEventSource : EventSource
{
    internal static readonly CloudObserveEventSource Log = new();

    private const int InternalErrorId = 1;
    private const int DataLostId = 2;
    private const int AttemptFailedId = 3;

    [NonEvent]
    internal void InternalError(string where, Exception exception)
    {
        if (IsEnabled(EventLevel.Error, EventKeywords.None))
        {
            InternalError(where, exception.ToString());
        }
    }

    [NonEvent]
    internal void Lost(string signal, string reason, long count, string detail)
    {
        if (IsEnabled(EventLevel.Warning, EventKeywords.None))
        {
            DataLost(signal, reason, count, detail);
        }
    }

    [NonEvent]
    internal void Failed(string operation, string destination, string errorClass, string code, string message)
    {
        if (IsEnabled(EventLevel.Informational, EventKeywords.None))
        {
            AttemptFailed(operation, destination, errorClass, code, message);
        }
    }

    [Event(InternalErrorId, Level = EventLevel.Error, Message = "{0}: {1}")]
    private void InternalError(string where, string exception) => WriteEvent(InternalErrorId, where, exception);

    [Event(DataLostId, Level = EventLevel.Warning, Message = "{2} of {0} lost: {1}. {3}")]
    private void DataLost(string signal, string reason, long count, string detail) => WriteEvent(DataLostId, signal, reason, count, detail);

    [Event(AttemptFailedId, Level = EventLevel.Informational, Message = "{0} to {1}: {2} ({3}): {4}")]
    private void AttemptFailed(string operation, string destination, string errorClass, string code, string message) =>
        WriteEvent(AttemptFailedId, operation, destination, errorClass, code, message);
}
