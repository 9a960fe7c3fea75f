namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Thrown when a request certainly never reached the service, because no connection could be established.</summary>
internal sealed class ConnectionFailedException(string message, Exception inner) : Exception(message, inner);
