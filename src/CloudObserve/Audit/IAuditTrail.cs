namespace CloudObserve.Audit;

/// <summary>Records the privileged actions of the application, as CloudTrail records the API calls of an account.</summary>
/// <remarks>
/// Other telemetry never throws into the application, but an audit trail does: with <see cref="AuditGuarantee.BeforeReturn"/> and
/// <see cref="AuditGuarantee.BeforeAction"/>, a record that cannot be stored fails its caller.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public interface IAuditTrail
{
    /// <summary>Records an event with the guarantee of <see cref="AuditTrailOptions.Guarantee"/>.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="cancellationToken">Cancels the wait. The record is written anyway.</param>
    /// <returns>A task that completes when the guarantee holds.</returns>
    /// <exception cref="AuditTrailException">The record could not be stored.</exception>
    ValueTask RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default);

    /// <summary>Records an event.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="guarantee">
    /// The guarantee. For an event in the past, <see cref="AuditGuarantee.BeforeAction"/> has the same effect as
    /// <see cref="AuditGuarantee.BeforeReturn"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait. The record is written anyway.</param>
    /// <returns>A task that completes when the guarantee holds.</returns>
    /// <exception cref="AuditTrailException">The record could not be stored, and the guarantee requires it.</exception>
    ValueTask RecordAsync(AuditEvent auditEvent, AuditGuarantee guarantee, CancellationToken cancellationToken = default);

    /// <summary>Begins an action whose end will be recorded.</summary>
    /// <remarks>With <see cref="AuditGuarantee.BeforeAction"/> the intent is on disk when the task completes.</remarks>
    /// <param name="auditEvent">The event with everything that is known before the action.</param>
    /// <param name="guarantee">The guarantee. The default is <see cref="AuditTrailOptions.Guarantee"/>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>
    /// The action. Dispose it, preferably with <c>await using</c>. An action that has not ended by then is recorded as abandoned.
    /// </returns>
    /// <exception cref="AuditTrailException">The intent could not be stored. The action must not run.</exception>
    ValueTask<AuditAction> BeginAsync(
        AuditEvent auditEvent, AuditGuarantee? guarantee = null, CancellationToken cancellationToken = default);

    /// <summary>Begins an action of which only the name is known yet.</summary>
    /// <remarks>Use <see cref="AuditAction.Event"/> to add more.</remarks>
    /// <param name="eventName">The name of the action, such as <c>RefundOrder</c>.</param>
    /// <param name="guarantee">The guarantee. The default is <see cref="AuditTrailOptions.Guarantee"/>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The action.</returns>
    /// <exception cref="AuditTrailException">The intent could not be stored. The action must not run.</exception>
    ValueTask<AuditAction> BeginAsync(string eventName, AuditGuarantee? guarantee = null, CancellationToken cancellationToken = default) =>
        BeginAsync(new AuditEvent(eventName), guarantee, cancellationToken);

    /// <summary>Finds recorded events, newest first, in the current files of the trail.</summary>
    /// <param name="lookup">The conditions for events.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>A page of events. It includes the latest events as soon as their guarantee holds.</returns>
    /// <exception cref="ArgumentException">The page size is out of range, or the token is invalid.</exception>
    /// <exception cref="IOException">The trail cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The trail cannot be read.</exception>
    Task<AuditPage> LookupAsync(AuditLookup lookup, CancellationToken cancellationToken = default);
}
