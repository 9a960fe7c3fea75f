using CloudObserve.Local;

namespace CloudObserve.Sinks.Local;

/// <summary>Provides the error codes and messages of CloudWatch Logs.</summary>
internal static class LogErrors
{
    internal const string InvalidParameter = "InvalidParameterException";
    internal const string ResourceNotFound = "ResourceNotFoundException";

    internal static CloudWatchException Invalid(string message) => new(InvalidParameter, message);

    internal static CloudWatchException Constraint(string path, string rule) =>
        new(InvalidParameter, $"1 validation error detected: Value at '{path}' failed to satisfy constraint: {rule}.");

    internal static CloudWatchException NoGroup() => new(ResourceNotFound, "The specified log group does not exist.");

    internal static CloudWatchException NoStream() => new(ResourceNotFound, "The specified log stream does not exist.");
}
