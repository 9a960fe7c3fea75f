using System.Collections.Concurrent;
using CloudObserve.Diagnostics;

namespace CloudObserve.Tests.Sinks.CloudWatch;

/// <summary>Keeps what a sink reports: the bodies it sends, and what it could not set up. It has nothing else to say.</summary>
internal sealed class SinkEvents : IDiagnosticEvents
{
    internal ConcurrentQueue<(string Operation, long Before, long After)> Bodies { get; } = new();

    internal ConcurrentQueue<(string Resource, string Operation, string Code, string Message)> Incomplete { get; } = new();

    public void SettingUnused(string signal, string setting, string problem) => throw new NotSupportedException();

    public void BodySent(string operation, long bytesBefore, long bytesAfter) => Bodies.Enqueue((operation, bytesBefore, bytesAfter));

    public void SetupIncomplete(string resource, string operation, string code, string message) =>
        Incomplete.Enqueue((resource, operation, code, message));

    public void BatchDelivered(string signal, string operation, string destination, long items, long bytes, TimeSpan latency) =>
        throw new NotSupportedException();

    public void BatchRetrying(
        string signal, string operation, string destination, string errorClass, string code, string message, int attempt, TimeSpan pause) =>
        throw new NotSupportedException();

    public void BatchSplit(string signal, string operation, string destination, int items, string code, string message) =>
        throw new NotSupportedException();

    public void DataLost(string signal, string reason, long count, string detail) => throw new NotSupportedException();

    public void MisuseFound(string signal, string reason, string subject, string rule) => throw new NotSupportedException();

    public void DirectoryOpenToOthers(string directory, string rights) => throw new NotSupportedException();

    public void InputChanged(string signal, string cause, string subject, string change, long count) => throw new NotSupportedException();

    public void CallbackFailed(string signal, string reason, string instrument, string problem, Exception? exception) =>
        throw new NotSupportedException();

    public void TrailNoticed(string notice) => throw new NotSupportedException();

    public void LocalFilesRead(string directory, long batches, long refused, long bytes, TimeSpan duration) =>
        throw new NotSupportedException();

    public void LocalFilesNoticed(string directory, string problem) => throw new NotSupportedException();

    public void InternalError(string where, Exception exception) => throw new NotSupportedException();
}
