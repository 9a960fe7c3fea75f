namespace CloudObserve.Pipeline.Delivery;

/// <summary>Says what an answer of a sink means for the batch that was sent: the one classification that every operation shares.</summary>
/// <remarks>
/// A sink maps its own error codes to these; the delivery loop knows no others. Note that AWS throttles with HTTP 400,
/// so a status code alone never decides.
/// </remarks>
public enum ErrorClass
{
    /// <summary>No error: the batch arrived.</summary>
    None = 0,

    /// <summary>The service asked to slow down. Retried after a pause, and concurrency falls.</summary>
    Throttled,

    /// <summary>The service could not be reached or failed on its side; it certainly did not take the batch. Retried.</summary>
    Unavailable,

    /// <summary>Credentials are missing, wrong, expired or not allowed to do this. Retried slowly, since someone may mend it; data waits.</summary>
    Unauthorized,

    /// <summary>What the batch is addressed to does not exist and could not be created now. Retried.</summary>
    MissingResource,

    /// <summary>The service will never accept this content. Never retried as it is: the batch is halved until the item at fault is alone.</summary>
    Invalid,

    /// <summary>The request is larger than the service takes. Halved, like <see cref="Invalid"/>.</summary>
    TooLarge,

    /// <summary>The request was sent and the answer lost. Retried, so the batch may arrive twice: delivery is at least once.</summary>
    Ambiguous,
}
