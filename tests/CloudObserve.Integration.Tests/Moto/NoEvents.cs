using CloudObserve.Diagnostics;

namespace CloudObserve.Integration.Tests.Moto;

/// <summary>Hears of the bodies a sink sends, and expects nothing else.</summary>
internal sealed class NoEvents : IDiagnosticEvents
{
    public void BatchDelivered(in DeliveredBatch batch) => throw new NotSupportedException();

    public void AttemptFailed(FailedAttempt attempt) => throw new NotSupportedException();

    public void BatchSplit(SplitBatch batch) => throw new NotSupportedException();

    public void DataLost(DataLoss loss) => throw new NotSupportedException();

    public void MisuseFound(Misuse misuse) => throw new NotSupportedException();

    public void InputChanged(InputChange change) => throw new NotSupportedException();

    public void CallbackFailed(FailedCallback callback) => throw new NotSupportedException();

    public void BodySent(string operation, long bytesBefore, long bytesAfter)
    {
    }

    public void SetupIncomplete(string resource, string operation, string code, string message) => throw new NotSupportedException();

    public void DirectoryOpenToOthers(string directory, string rights) => throw new NotSupportedException();

    public void Noticed(Notice notice) => throw new NotSupportedException();

    public void InternalError(string where, Exception exception) => throw new NotSupportedException();
}
