namespace CloudObserve.Hosting;

/// <summary>Opens the audit trail when the host starts.</summary>
/// <remarks>If the trail cannot be written, the host does not start.</remarks>
internal sealed class AuditStart(AuditComposition audit) : IHostStep
{
    public void Starting() => _ = audit.Signal.Open();
}
