using CloudObserve.Diagnostics;

namespace CloudObserve.Benchmarks;

/// <summary>Fails the benchmark on any failure in the pipeline, because the measurement would be invalid.</summary>
internal sealed class FailingEvents : IDiagnosticEvents
{
    public void BatchDelivered(string signal, string operation, string destination, long items, long bytes, TimeSpan latency)
    {
    }

    public void BatchRetrying(
        string signal, string operation, string destination, string errorClass, string code, string message, int attempt,
        TimeSpan pause) => Fail(message);

    public void BatchSplit(string signal, string operation, string destination, int items, string code, string message) => Fail(message);

    public void DataLost(string signal, string reason, long count, string detail) => Fail(detail);

    public void MisuseFound(string signal, string reason, string subject, string rule) => Fail(rule);

    public void InputChanged(string signal, string cause, string subject, string change, long count) => Fail(change);

    public void CallbackFailed(string signal, string reason, string instrument, string problem, Exception? exception) => Fail(problem);

    public void SettingUnused(string signal, string setting, string problem) => Fail(problem);

    public void BodySent(string operation, long bytesBefore, long bytesAfter)
    {
    }

    public void SetupIncomplete(string resource, string operation, string code, string message)
    {
    }

    public void DirectoryOpenToOthers(string directory, string rights)
    {
    }

    public void TrailNoticed(string notice)
    {
    }

    public void LocalFilesRead(string directory, long batches, long refused, long bytes, TimeSpan duration)
    {
    }

    public void LocalFilesNoticed(string directory, string problem)
    {
    }

    public void InternalError(string where, Exception exception) => Fail($"{where}: {exception}");

    private static void Fail(string what) => throw new InvalidOperationException(what);
}
