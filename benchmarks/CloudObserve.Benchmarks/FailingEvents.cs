using CloudObserve.Diagnostics;

namespace CloudObserve.Benchmarks;

/// <summary>Fails the benchmark on any failure in the pipeline, because the measurement would be invalid.</summary>
internal sealed class FailingEvents : IDiagnosticEvents
{
    public void BatchDelivered(in DeliveredBatch batch)
    {
    }

    public void AttemptFailed(FailedAttempt attempt) => Fail(attempt.Message);

    public void BatchSplit(SplitBatch batch) => Fail(batch.Message);

    public void DataLost(DataLoss loss) => Fail(loss.Detail);

    public void MisuseFound(Misuse misuse) => Fail(misuse.Rule);

    public void InputChanged(InputChange change) => Fail(change.Change);

    public void CallbackFailed(FailedCallback callback) => Fail(callback.Problem);

    public void BodySent(string operation, long bytesBefore, long bytesAfter)
    {
    }

    public void SetupIncomplete(string resource, string operation, string code, string message)
    {
    }

    public void DirectoryOpenToOthers(string directory, string rights)
    {
    }

    public void Noticed(Notice notice)
    {
    }

    public void InternalError(string where, Exception exception) => Fail($"{where}: {exception}");

    private static void Fail(string what) => throw new InvalidOperationException(what);
}
