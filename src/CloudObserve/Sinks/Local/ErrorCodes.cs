using CloudObserve.Local;

namespace CloudObserve.Sinks.Local;

/// <summary>Provides the error codes and messages of CloudWatch's query protocol.</summary>
internal static class ErrorCodes
{
    internal const string InvalidParameterValue = "InvalidParameterValue";
    internal const string MissingParameter = "MissingParameter";
    internal const string InvalidParameterCombination = "InvalidParameterCombination";
    internal const string ValidationError = "ValidationError";
    internal const string InvalidNextToken = "InvalidNextToken";
    internal const string RequestEntityTooLarge = "RequestEntityTooLargeException";
    internal const string MalformedRequest = "MalformedHttpRequestException";
    internal const string UnknownOperation = "UnknownOperationException";

    internal static CloudWatchException Required(string path) =>
        new(MissingParameter, $"The parameter {path} is required.");

    internal static CloudWatchException Invalid(string path, string rule) =>
        new(InvalidParameterValue, $"The parameter {path} {rule}.");

    internal static CloudWatchException TooMany(string path, int limit) =>
        new(InvalidParameterValue, $"The collection {path} must not have a size greater than {limit}.");

    internal static CloudWatchException Combination(string message) =>
        new(InvalidParameterCombination, message);

    internal static CloudWatchException Malformed(string message) =>
        new(MalformedRequest, message);
}
