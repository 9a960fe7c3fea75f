using CloudObserve.Delivery;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>Maps a failure to create a log group or stream to the outcome of the batch.</summary>
/// <remarks>
/// Such a failure is not caused by the batch, which must not be halved or discarded because of a group's key or quota. Refusals that would
/// count as invalid content therefore become <see cref="ErrorClass.MissingResource"/>, and the data waits.
/// </remarks>
internal static class CreationFailure
{
    private const string ActionPrefix = "logs:";

    internal static SendResult Of(ServiceOperation operation, string subject, ServiceAnswer answer)
    {
        SendResult failure = answer.Result;
        return SendResult.Failed(
            ClassOf(answer), failure.Code, $"The {subject} does not exist. {Advice(operation, answer)}", failure.RetryAfter);
    }

    /// <summary>Returns the advice for a refused call.</summary>
    internal static string Advice(ServiceOperation operation, ServiceAnswer answer) => CloudWatchErrors.IsAccessDenied(answer.Code)
        ? $"Allow the IAM action {MissingAction(operation, answer.Result.Message)}, or call {operation.Name} yourself. The service "
            + $"says: {answer.Result.Message}"
        : $"{operation.Name} says: {answer.Result.Message}";

    private static ErrorClass ClassOf(ServiceAnswer answer) => answer.Result.Error switch
    {
        // The credentials are valid but lack this permission; they may still work for other destinations.
        ErrorClass.Unauthorized when CloudWatchErrors.IsAccessDenied(answer.Code) => ErrorClass.MissingResource,

        // The call whose response was lost did not contain the batch.
        ErrorClass.Ambiguous => ErrorClass.Unavailable,
        ErrorClass.Invalid or ErrorClass.TooLarge => ErrorClass.MissingResource,

        // Another process is creating or deleting the same resource.
        ErrorClass.Unavailable when CloudWatchErrors.IsOperationAborted(answer.Code) => ErrorClass.MissingResource,
        ErrorClass error => error,
    };

    // Creating a resource with tags requires a separate action; the service's message names the missing action.
    private static string MissingAction(ServiceOperation operation, string message)
    {
        int start = message.IndexOf(ActionPrefix, StringComparison.Ordinal);
        if (start < 0)
        {
            return ActionPrefix + operation.Name;
        }

        int length = message.AsSpan(start).IndexOfAny(" .,;");
        return length < 0 ? message[start..] : message.Substring(start, length);
    }
}
