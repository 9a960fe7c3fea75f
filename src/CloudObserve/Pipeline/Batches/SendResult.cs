namespace CloudObserve.Delivery;

/// <summary>The outcome of one attempt to deliver a batch.</summary>
public sealed class SendResult
{
    private static readonly SendResult Whole = new(ErrorClass.None, "", "", null, []);

    private SendResult(ErrorClass error, string code, string message, TimeSpan? retryAfter, IReadOnlyList<RejectedItems> rejected)
    {
        Error = error;
        Code = code;
        Message = message;
        RetryAfter = retryAfter;
        Rejected = rejected;
    }

    /// <summary>Gets the class of the error, which determines how the batch is handled.</summary>
    public ErrorClass Error { get; }

    /// <summary>Gets the service's own error code, such as <c>ThrottlingException</c>; empty if there was no error.</summary>
    public string Code { get; }

    /// <summary>Gets the service's own message; empty if there was no error.</summary>
    public string Message { get; }

    /// <summary>Gets the pause the service requested, or <see langword="null"/>.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Gets the items the service dropped although it accepted the batch. Only with <see cref="ErrorClass.None"/>.</summary>
    public IReadOnlyList<RejectedItems> Rejected { get; }

    /// <summary>Creates the result of a batch that was delivered completely.</summary>
    /// <returns>A shared instance.</returns>
    public static SendResult Delivered() => Whole;

    /// <summary>Creates the result of a batch that was delivered except for some items the service dropped.</summary>
    /// <param name="rejected">The dropped items; runs must not overlap.</param>
    /// <returns>The result.</returns>
    public static SendResult PartlyDelivered(IReadOnlyList<RejectedItems> rejected)
    {
        ArgumentNullException.ThrowIfNull(rejected);
        return new SendResult(ErrorClass.None, "", "", null, rejected);
    }

    /// <summary>Creates the result of a batch of which no item will ever arrive and which must not be halved or retried.</summary>
    /// <param name="items">The number of items in the batch.</param>
    /// <param name="reason">The loss reason of the items.</param>
    /// <param name="code">The kind of the error.</param>
    /// <param name="message">The description of the error.</param>
    /// <returns>The result.</returns>
    /// <remarks>
    /// Use it for a destination that will never accept the data, such as one that no longer exists. If only the content may be at fault,
    /// return <see cref="ErrorClass.Invalid"/>, so that the other items of the batch are still delivered.
    /// </remarks>
    public static SendResult Dropped(int items, LossReason reason, string code, string message) =>
        new(ErrorClass.None, code, message, null, [new RejectedItems(0, items, reason)]);

    /// <summary>Creates the result of a batch that was not delivered, or whose delivery is unknown.</summary>
    /// <param name="error">The class of the error.</param>
    /// <param name="code">The service's error code.</param>
    /// <param name="message">The service's message.</param>
    /// <param name="retryAfter">The pause the service requested, if any.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="error"/> is <see cref="ErrorClass.None"/>.</exception>
    public static SendResult Failed(ErrorClass error, string code, string message, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(error, ErrorClass.None);
        return new SendResult(error, code, message, retryAfter, []);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Error == ErrorClass.None ? $"Delivered, {Rejected.Count} rejected runs" : $"{Error}: {Code}: {Message}";
}
