using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Says of a request without an answer whether the service may have taken it.</summary>
internal static class TransportFaults
{
    /// <summary>Classifies an exception of the HTTP stack, however deep the SDK has wrapped it.</summary>
    /// <returns><see langword="null"/> when it is none.</returns>
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
