using CloudObserve.Delivery;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Classifies requests without a response by whether the service may have accepted them.</summary>
internal static class TransportFaults
{
    /// <summary>Classifies an exception of the HTTP stack, however deeply the SDK has wrapped it.</summary>
    /// <returns>The failure, or <see langword="null"/> if the exception is not one of the HTTP stack.</returns>
    internal static SendResult? Classify(Exception exception)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case ConnectionFailedException:
                    return SendResult.Failed(ErrorClass.Unavailable, "ConnectionFailed", at.Message);
                case HttpRequestException or IOException:
                    return SendResult.Failed(ErrorClass.Ambiguous, "NoAnswer", exception.GetBaseException().Message);
            }
        }

        return null;
    }
}
