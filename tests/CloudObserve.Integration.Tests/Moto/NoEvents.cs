using CloudObserve.Diagnostics;

namespace CloudObserve.Integration.Tests.Moto;

/// <summary>Hears of the bodies a sink sends, and expects nothing else.</summary>
internal sealed class NoEvents : IDiagnosticEvents
{
    public void InputChanged(string signal, string cause, string subject, string change, long count) => throw new NotSupportedException();

    public void CallbackFailed(string signal, string reason, string instrument, string problem, Exception? exception) =>
        throw new NotSupportedException();

    public void SettingUnused(string signal, string setting, string problem) => throw new NotSupportedException();

    public void BodySent(string operation, long bytesBefore, long bytesAfter)
    {
    }

    public void BatchDelivered(string signal, string operation, string destination, long items, long bytes, TimeSpan latency) =>
        throw new NotSupportedException();

    public void BatchRetrying(
        string signal, string operation, string destination, string errorClass, string code, string message, int attempt, TimeSpan pause) =>
        throw new NotSupportedException();

    public void BatchSplit(string signal, string operation, string destination, int items, string code, string message) =>
        throw new NotSupportedException();

    public void DataLost(string signal, string reason, long count, string detail) => throw new NotSupportedException();

    public void MisuseFound(string signal, string reason, string subject, string rule) => throw new NotSupportedException();

    public void SetupIncomplete(string resource, string operation, string code, string message) => throw new NotSupportedException();

    public void DirectoryOpenToOthers(string directory, string rights) => throw new NotSupportedException();

    public void TrailNoticed(string notice) => throw new NotSupportedException();

    public void LocalFilesRead(string directory, long batches, long refused, long bytes, TimeSpan duration) =>
        throw new NotSupportedException();

    public void LocalFilesNoticed(string directory, string problem) => throw new NotSupportedException();

    public void InternalError(string where, Exception exception) => throw new NotSupportedException();
}
