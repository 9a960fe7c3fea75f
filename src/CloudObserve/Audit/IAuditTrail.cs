namespace CloudObserve.Audit;

/// <summary>Records the privileged actions of the application, as CloudTrail records the API calls of an account.</summary>
/// <remarks>
/// Other telemetry never throws into the application. An audit trail does: with <see cref="AuditGuarantee.BeforeReturn"/> and
/// <see cref="AuditGuarantee.BeforeAction"/> a record that cannot be kept fails its caller.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public interface IAuditTrail
{
    /// <summary>Records what has happened, with the guarantee of <see cref="AuditTrailOptions.Guarantee"/>.</summary>
    /// <param name="auditEvent">What has happened.</param>
    /// <param name="cancellationToken">Ends the waiting. A record that has been handed in is written all the same.</param>
    /// <returns>Completes when the guarantee holds.</returns>
    /// <exception cref="AuditTrailException">The record could not be kept.</exception>
    ValueTask RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default);

    /// <summary>Records what has happened.</summary>
    /// <param name="auditEvent">What has happened.</param>
    /// <param name="guarantee">What must hold when this completes. For what has happened already <see cref="AuditGuarantee.BeforeAction"/> means <see cref="AuditGuarantee.BeforeReturn"/>.</param>
    /// <param name="cancellationToken">Ends the waiting. A record that has been handed in is written all the same.</param>
    /// <returns>Completes when the guarantee holds.</returns>
    /// <exception cref="AuditTrailException">The record could not be kept, and the guarantee needs it.</exception>
    ValueTask RecordAsync(AuditEvent auditEvent, AuditGuarantee guarantee, CancellationToken cancellationToken = default);

    /// <summary>Begins an action whose end is recorded. With <see cref="AuditGuarantee.BeforeAction"/> the intent is on disk when this completes.</summary>
    /// <param name="auditEvent">What is known before it happens.</param>
    /// <param name="guarantee">What must hold when; without it <see cref="AuditTrailOptions.Guarantee"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The action. Dispose of it, at best by <c>await using</c>: one that is not ended by then is recorded as abandoned.</returns>
    /// <exception cref="AuditTrailException">The intent could not be kept: the action must not run.</exception>
    ValueTask<AuditAction> BeginAsync(AuditEvent auditEvent, AuditGuarantee? guarantee = null, CancellationToken cancellationToken = default);

    /// <summary>Begins an action of which only the name is known yet; <see cref="AuditAction.Event"/> takes the rest.</summary>
    /// <param name="eventName">What is done, such as <c>RefundOrder</c>.</param>
    /// <param name="guarantee">What must hold when; without it <see cref="AuditTrailOptions.Guarantee"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The action.</returns>
    /// <exception cref="AuditTrailException">The intent could not be kept: the action must not run.</exception>
    ValueTask<AuditAction> BeginAsync(string eventName, AuditGuarantee? guarantee = null, CancellationToken cancellationToken = default) =>
        BeginAsync(new AuditEvent(eventName), guarantee, cancellationToken);

    /// <summary>Finds recorded events, newest first, in the trail's files as they are at the moment.</summary>
    /// <param name="lookup">Which events.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>A page of events. Those just recorded are among them once their guarantee holds.</returns>
    /// <exception cref="ArgumentException">The size of the page is out of range, or the token is none.</exception>
    /// <exception cref="IOException">The trail cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The trail cannot be read.</exception>
    Task<AuditPage> LookupAsync(AuditLookup lookup, CancellationToken cancellationToken = default);
}
