namespace CloudObserve.Pipeline.Delivery;

/// <summary>What came of one attempt to deliver a batch.</summary>
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

    /// <summary>Gets what the answer means for the batch.</summary>
    public ErrorClass Error { get; }

    /// <summary>Gets the service's own error code, such as <c>ThrottlingException</c>; empty when there was no error.</summary>
    public string Code { get; }

    /// <summary>Gets the service's own words; empty when there was no error.</summary>
    public string Message { get; }

    /// <summary>Gets the pause the service asked for, if it did.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Gets the items the service dropped although it accepted the batch. Only with <see cref="ErrorClass.None"/>.</summary>
    public IReadOnlyList<RejectedItems> Rejected { get; }

    /// <summary>The whole batch arrived.</summary>
    /// <returns>A shared instance.</returns>
    public static SendResult Delivered() => Whole;

    /// <summary>The batch arrived but for some items that the service dropped.</summary>
    /// <param name="rejected">The dropped items; runs must not overlap.</param>
    /// <returns>The result.</returns>
    public static SendResult PartlyDelivered(IReadOnlyList<RejectedItems> rejected)
    {
        ArgumentNullException.ThrowIfNull(rejected);
        return new SendResult(ErrorClass.None, "", "", null, rejected);
    }

    /// <summary>No item of the batch arrived or ever will, and there is no use in halving it or trying again.</summary>
    /// <param name="items">How many items the batch has.</param>
    /// <param name="reason">What they are lost as.</param>
    /// <param name="code">The kind of the error.</param>
    /// <param name="message">Why.</param>
    internal static SendResult Dropped(int items, LossReason reason, string code, string message) =>
        new(ErrorClass.None, code, message, null, [new RejectedItems(0, items, reason)]);

    /// <summary>The batch did not arrive, or it is not known whether it did.</summary>
    /// <param name="error">What the error means.</param>
    /// <param name="code">The service's error code.</param>
    /// <param name="message">The service's words.</param>
    /// <param name="retryAfter">The pause the service asked for, if it did.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="error"/> is <see cref="ErrorClass.None"/>.</exception>
    public static SendResult Failed(ErrorClass error, string code, string message, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(error, ErrorClass.None);
        return new SendResult(error, code, message, retryAfter, []);
    }

    /// <inheritdoc/>
    public override string ToString() => Error == ErrorClass.None ? $"Delivered, {Rejected.Count} rejected runs" : $"{Error}: {Code}: {Message}";
}
