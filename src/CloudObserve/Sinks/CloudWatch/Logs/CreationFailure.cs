using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>Says what it means for a batch that its destination could not be created.</summary>
/// <remarks>
/// None of it speaks against the batch: it must neither be halved nor thrown away because a group's key or quota is wrong. So what the service
/// refuses for its content becomes <see cref="ErrorClass.MissingResource"/>, and the data waits.
/// </remarks>
internal static class CreationFailure
{
    private const string ActionPrefix = "logs:";

    internal static SendResult Of(ServiceOperation operation, string subject, ServiceAnswer answer)
    {
        SendResult failure = answer.Result;
        return SendResult.Failed(ClassOf(answer), failure.Code, $"The {subject} does not exist. {Advice(operation, answer)}", failure.RetryAfter);
    }

    /// <summary>What to do about a refused call.</summary>
    internal static string Advice(ServiceOperation operation, ServiceAnswer answer) => CloudWatchErrors.IsAccessDenied(answer.Code)
        ? $"Allow the IAM action {MissingAction(operation, answer.Result.Message)}, or do by hand what {operation.Name} would do. The service says: {answer.Result.Message}"
        : $"{operation.Name} says: {answer.Result.Message}";

    private static ErrorClass ClassOf(ServiceAnswer answer) => answer.Result.Error switch
    {
        // The credentials are fine, they only do not reach so far; other destinations may work with them.
        ErrorClass.Unauthorized when CloudWatchErrors.IsAccessDenied(answer.Code) => ErrorClass.MissingResource,

        // Nothing of the batch was in the call whose answer was lost.
        ErrorClass.Ambiguous => ErrorClass.Unavailable,
        ErrorClass.Invalid or ErrorClass.TooLarge => ErrorClass.MissingResource,

        // Someone else is just creating or deleting it.
        ErrorClass.Unavailable when CloudWatchErrors.IsOperationAborted(answer.Code) => ErrorClass.MissingResource,
        ErrorClass error => error,
    };

    // Creating with tags takes an action of its own, and the service's message names the one that is missing.
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
