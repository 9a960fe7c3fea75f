using System.Collections.Concurrent;
using CloudObserve.Diagnostics;

namespace CloudObserve.Tests.Sinks.CloudWatch;

/// <summary>Keeps what a sink reports: the bodies it sends, and what it could not set up. It has nothing else to say.</summary>
internal sealed class SinkEvents : IDiagnosticEvents
{
    internal ConcurrentQueue<(string Operation, long Before, long After)> Bodies { get; } = new();

    internal ConcurrentQueue<(string Resource, string Operation, string Code, string Message)> Incomplete { get; } = new();

    public void BatchDelivered(in DeliveredBatch batch) => throw new NotSupportedException();

    public void AttemptFailed(FailedAttempt attempt) => throw new NotSupportedException();

    public void BatchSplit(SplitBatch batch) => throw new NotSupportedException();

    public void DataLost(DataLoss loss) => throw new NotSupportedException();

    public void MisuseFound(Misuse misuse) => throw new NotSupportedException();

    public void InputChanged(InputChange change) => throw new NotSupportedException();

    public void CallbackFailed(FailedCallback callback) => throw new NotSupportedException();

    public void BodySent(string operation, long bytesBefore, long bytesAfter) => Bodies.Enqueue((operation, bytesBefore, bytesAfter));

    public void SetupIncomplete(string resource, string operation, string code, string message) =>
        Incomplete.Enqueue((resource, operation, code, message));

    public void DirectoryOpenToOthers(string directory, string rights) => throw new NotSupportedException();

    public void Noticed(Notice notice) => throw new NotSupportedException();

    public void InternalError(string where, Exception exception) => throw new NotSupportedException();
}
