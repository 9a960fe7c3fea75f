namespace CloudObserve.Hosting;

/// <summary>Opens the audit trail when the host starts: an application that must be audited does not run with a trail that cannot be written.</summary>
internal sealed class AuditStart(AuditComposition audit) : IHostStep
{
    public void Starting() => _ = audit.Signal.Open();
}
