namespace CloudObserve.Sinks.CloudWatch;

/// <summary>A request that certainly never reached the service, for there was no connection to send it over.</summary>
internal sealed class ConnectionFailedException(string message, Exception inner) : Exception(message, inner);
