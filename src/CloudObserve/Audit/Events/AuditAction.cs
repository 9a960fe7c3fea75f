namespace CloudObserve.Audit;

/// <summary>Represents an action in progress.</summary>
/// <remarks>It ends once: by <c>SucceedAsync</c>, by <c>FailAsync</c>, or by disposal, which records it as abandoned.</remarks>
/// <threadsafety>Ending is safe for concurrent use: one end is recorded. <see cref="Event"/> is not safe for concurrent use.</threadsafety>
public sealed class AuditAction : IAsyncDisposable
{
    /// <summary>The error code of an action that was disposed before it ended.</summary>
    public const string AbandonedCode = "ActionAbandoned";

    private const string AbandonedMessage = "The action was disposed of before it was ended as succeeded or failed.";

    private readonly IAuditTrail _trail;
    private readonly AuditGuarantee _guarantee;
    private int _ended;

    /// <summary>Initializes a new instance of the <see cref="AuditAction"/> class.</summary>
    /// <remarks>
    /// Applications get instances from <c>IAuditTrail.BeginAsync</c>; the constructor is for other implementations of that interface.
    /// </remarks>
    /// <param name="trail">The trail that records the end.</param>
    /// <param name="auditEvent">The event with everything that is known at the beginning.</param>
    /// <param name="guarantee">The guarantee for the record of the end.</param>
    public AuditAction(IAuditTrail trail, AuditEvent auditEvent, AuditGuarantee guarantee)
    {
        ArgumentNullException.ThrowIfNull(trail);
        ArgumentNullException.ThrowIfNull(auditEvent);
        _trail = trail;
        _guarantee = guarantee;
        Event = auditEvent;
    }

    /// <summary>Gets or sets the event with everything that is known so far.</summary>
    /// <remarks>Use <c>action.Event = action.Event with { ... }</c> to add to it.</remarks>
    public AuditEvent Event { get; set; }

    /// <summary>Records that the action succeeded.</summary>
    /// <param name="responseElements">The result of the action.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the guarantee holds.</returns>
    /// <exception cref="InvalidOperationException">The action has already ended.</exception>
    /// <exception cref="AuditTrailException">The record could not be stored.</exception>
    public ValueTask SucceedAsync(AuditData? responseElements = null, CancellationToken cancellationToken = default) =>
        EndAsync(Event with { ResponseElements = responseElements ?? Event.ResponseElements }, cancellationToken);

    /// <summary>Records that the action failed.</summary>
    /// <param name="exception">The reason. The name of its type becomes the error code, and its message the error message.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the guarantee holds.</returns>
    /// <exception cref="InvalidOperationException">The action has already ended.</exception>
    /// <exception cref="AuditTrailException">The record could not be stored.</exception>
    public ValueTask FailAsync(Exception exception, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FailAsync(exception.GetType().Name, exception.Message, cancellationToken);
    }

    /// <summary>Records that the action failed.</summary>
    /// <param name="errorCode">The kind of failure, such as <c>AccessDenied</c>.</param>
    /// <param name="errorMessage">The error message.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the guarantee holds.</returns>
    /// <exception cref="InvalidOperationException">The action has already ended.</exception>
    /// <exception cref="AuditTrailException">The record could not be stored.</exception>
    public ValueTask FailAsync(string errorCode, string? errorMessage = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(errorCode);
        return EndAsync(Event with { ErrorCode = errorCode, ErrorMessage = errorMessage }, cancellationToken);
    }

    /// <summary>Records an action that has not ended as abandoned.</summary>
    /// <remarks>It does nothing after an end, even if that could not be recorded.</remarks>
    /// <returns>A task that completes when the guarantee holds.</returns>
    /// <exception cref="AuditTrailException">The record could not be stored.</exception>
    public ValueTask DisposeAsync() => TryEnd()
        ? _trail.RecordAsync(Event with { ErrorCode = AbandonedCode, ErrorMessage = AbandonedMessage }, _guarantee, CancellationToken.None)
        : ValueTask.CompletedTask;

    private ValueTask EndAsync(AuditEvent ended, CancellationToken cancellationToken) => TryEnd()
        ? _trail.RecordAsync(ended, _guarantee, cancellationToken)
        : throw new InvalidOperationException(
            $"The action {Event.EventName} has been ended before; what ends it a second time would contradict the record.");

    // The first end wins before it is recorded. If recording fails, its caller gets the exception, and disposal must not record another
    // end.
    private bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;
}
