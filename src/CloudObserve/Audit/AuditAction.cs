namespace CloudObserve.Audit;

/// <summary>An action under way. It is ended once, by <c>SucceedAsync</c>, by <c>FailAsync</c>, or by disposal, which records it as abandoned.</summary>
/// <threadsafety>Ending is safe for concurrent use: one end is recorded. <see cref="Event"/> is not.</threadsafety>
public sealed class AuditAction : IAsyncDisposable
{
    /// <summary>The error code of an action that was disposed of without having been ended.</summary>
    public const string AbandonedCode = "ActionAbandoned";

    private const string AbandonedMessage = "The action was disposed of before it was ended as succeeded or failed.";

    private readonly IAuditTrail _trail;
    private readonly AuditGuarantee _guarantee;
    private int _ended;

    /// <summary>Initializes a new instance of the <see cref="AuditAction"/> class. Applications get theirs from <c>IAuditTrail.BeginAsync</c>; a trail of one's own makes them.</summary>
    /// <param name="trail">Where the end is recorded.</param>
    /// <param name="auditEvent">What is known so far.</param>
    /// <param name="guarantee">What must hold when the end has been recorded.</param>
    public AuditAction(IAuditTrail trail, AuditEvent auditEvent, AuditGuarantee guarantee)
    {
        ArgumentNullException.ThrowIfNull(trail);
        ArgumentNullException.ThrowIfNull(auditEvent);
        _trail = trail;
        _guarantee = guarantee;
        Event = auditEvent;
    }

    /// <summary>Gets or sets what is known so far: <c>action.Event = action.Event with { ... }</c> adds what becomes known on the way.</summary>
    public AuditEvent Event { get; set; }

    /// <summary>Records that the action succeeded.</summary>
    /// <param name="responseElements">What was answered.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Completes when the guarantee holds.</returns>
    /// <exception cref="InvalidOperationException">The action has been ended before.</exception>
    /// <exception cref="AuditTrailException">The record could not be kept.</exception>
    public ValueTask SucceedAsync(AuditData? responseElements = null, CancellationToken cancellationToken = default) =>
        EndAsync(Event with { ResponseElements = responseElements ?? Event.ResponseElements }, cancellationToken);

    /// <summary>Records that the action failed.</summary>
    /// <param name="exception">Why: its type's name is the error code, and its message the error message.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Completes when the guarantee holds.</returns>
    /// <exception cref="InvalidOperationException">The action has been ended before.</exception>
    /// <exception cref="AuditTrailException">The record could not be kept.</exception>
    public ValueTask FailAsync(Exception exception, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FailAsync(exception.GetType().Name, exception.Message, cancellationToken);
    }

    /// <summary>Records that the action failed.</summary>
    /// <param name="errorCode">A word for the kind of failure, such as <c>AccessDenied</c>.</param>
    /// <param name="errorMessage">What happened.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Completes when the guarantee holds.</returns>
    /// <exception cref="InvalidOperationException">The action has been ended before.</exception>
    /// <exception cref="AuditTrailException">The record could not be kept.</exception>
    public ValueTask FailAsync(string errorCode, string? errorMessage = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(errorCode);
        return EndAsync(Event with { ErrorCode = errorCode, ErrorMessage = errorMessage }, cancellationToken);
    }

    /// <summary>Records an action that has not been ended as abandoned. After an end, also one that could not be recorded, it does nothing.</summary>
    /// <returns>Completes when the guarantee holds.</returns>
    /// <exception cref="AuditTrailException">The record could not be kept.</exception>
    public ValueTask DisposeAsync() => TryEnd()
        ? _trail.RecordAsync(Event with { ErrorCode = AbandonedCode, ErrorMessage = AbandonedMessage }, _guarantee, CancellationToken.None)
        : ValueTask.CompletedTask;

    private ValueTask EndAsync(AuditEvent ended, CancellationToken cancellationToken) => TryEnd()
        ? _trail.RecordAsync(ended, _guarantee, cancellationToken)
        : throw new InvalidOperationException($"The action {Event.EventName} has been ended before; what ends it a second time would contradict the record.");

    // The first end wins before it is recorded: when recording fails, its caller is told, and disposal must not record another end.
    private bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;
}
