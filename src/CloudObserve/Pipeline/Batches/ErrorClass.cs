namespace CloudObserve.Delivery;

/// <summary>Specifies the effect of a sink's response on the batch that was sent. All operations share this classification.</summary>
/// <remarks>
/// A sink maps its own error codes to these values; the delivery loop uses no others. AWS throttles with HTTP 400, so a status code alone
/// is not sufficient.
/// </remarks>
public enum ErrorClass
{
    /// <summary>No error: the batch arrived.</summary>
    None = 0,

    /// <summary>The service asked to slow down. The batch is retried after a pause, and concurrency is reduced.</summary>
    Throttled,

    /// <summary>The service could not be reached or failed, and certainly did not accept the batch. Retried.</summary>
    Unavailable,

    /// <summary>
    /// Credentials are missing, invalid, expired or not permitted. Retried slowly, because this can be corrected while the data waits.
    /// </summary>
    Unauthorized,

    /// <summary>The destination does not exist and could not be created now. Retried.</summary>
    MissingResource,

    /// <summary>
    /// The service will never accept this content. The batch is not retried but halved until the invalid item is isolated.
    /// </summary>
    Invalid,

    /// <summary>The request is larger than the service accepts. The batch is halved, as for <see cref="Invalid"/>.</summary>
    TooLarge,

    /// <summary>
    /// The request was sent but the response was lost. Retried, so the batch may arrive twice: delivery is at least once.
    /// </summary>
    Ambiguous,
}
