namespace CloudObserve.Diagnostics;

/// <summary>Forwards all reports. A derived class changes some of them.</summary>
/// <param name="events">Receives the reports.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal abstract class ForwardingEvents(IDiagnosticEvents events) : IDiagnosticEvents
{
    public void BatchDelivered(in DeliveredBatch batch) => events.BatchDelivered(batch);

    public virtual void AttemptFailed(FailedAttempt attempt) => events.AttemptFailed(attempt);

    public void BatchSplit(SplitBatch batch) => events.BatchSplit(batch);

    public virtual void DataLost(DataLoss loss) => events.DataLost(loss);

    public void MisuseFound(Misuse misuse) => events.MisuseFound(misuse);

    public void InputChanged(InputChange change) => events.InputChanged(change);

    public void CallbackFailed(FailedCallback callback) => events.CallbackFailed(callback);

    public void BodySent(string operation, long bytesBefore, long bytesAfter) => events.BodySent(operation, bytesBefore, bytesAfter);

    public void SetupIncomplete(string resource, string operation, string code, string message) =>
        events.SetupIncomplete(resource, operation, code, message);

    public void DirectoryOpenToOthers(string directory, string rights) => events.DirectoryOpenToOthers(directory, rights);

    public void Noticed(Notice notice) => events.Noticed(notice);

    public void InternalError(string where, Exception exception) => events.InternalError(where, exception);

    public Task WhenSaidAsync() => events.WhenSaidAsync();
}
