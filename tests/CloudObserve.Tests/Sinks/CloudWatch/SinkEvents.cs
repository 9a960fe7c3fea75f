using System.Collections.Concurrent;
using CloudObserve.Diagnostics;

namespace CloudObserve.Tests.Sinks.CloudWatch;

/// <summary>Keeps the bodies a sink reports; a sink has nothing else to say.</summary>
internal sealed class SinkEvents : IDiagnosticEvents
{
    internal ConcurrentQueue<(string Operation, long Before, long After)> Bodies { get; } = new();

    public void BodySent(string operation, long bytesBefore, long bytesAfter) => Bodies.Enqueue((operation, bytesBefore, bytesAfter));

    public void BatchDelivered(string signal, string operation, string destination, long items, long bytes, TimeSpan latency) => throw new NotSupportedException();

    public void BatchRetrying(string signal, string operation, string destination, string errorClass, string code, string message, int attempt, TimeSpan pause) =>
        throw new NotSupportedException();

    public void BatchSplit(string signal, string operation, string destination, int items, string code, string message) => throw new NotSupportedException();

    public void DataLost(string signal, string reason, long count, string detail) => throw new NotSupportedException();

    public void MisuseFound(string signal, string reason, string subject, string rule) => throw new NotSupportedException();

    public void InternalError(string where, Exception exception) => throw new NotSupportedException();
}
