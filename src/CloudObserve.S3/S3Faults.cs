using System.Collections.Frozen;
using System.Xml;
using Amazon.Runtime;
using CloudObserve.Delivery;

namespace CloudObserve.S3;

/// <summary>Maps the error codes of S3 to error classes.</summary>
/// <remarks>For an unknown code the HTTP status decides.</remarks>
internal static class S3Faults
{
    // When the answer is the page of a proxy, the SDK puts the page into the message, so the message is truncated.
    private const int MaxMessageChars = 2_000;

    private static readonly FrozenDictionary<string, ErrorClass> Known = new Dictionary<string, ErrorClass>
    {
        ["SlowDown"] = ErrorClass.Throttled,
        ["Throttling"] = ErrorClass.Throttled,
        ["ThrottlingException"] = ErrorClass.Throttled,
        ["TooManyRequests"] = ErrorClass.Throttled,
        ["RequestLimitExceeded"] = ErrorClass.Throttled,
        ["BandwidthLimitExceeded"] = ErrorClass.Throttled,

        // Two conditional writes of one key ran at the same time; one of them must be repeated.
        ["ConditionalRequestConflict"] = ErrorClass.Unavailable,
        ["OperationAborted"] = ErrorClass.Unavailable,
        ["RequestTimeout"] = ErrorClass.Unavailable,
        ["RequestTimeTooSkewed"] = ErrorClass.Unavailable,
        ["NoSuchBucket"] = ErrorClass.MissingResource,
        ["EntityTooLarge"] = ErrorClass.TooLarge,
        ["ExpiredToken"] = ErrorClass.Unauthorized,
        ["InvalidToken"] = ErrorClass.Unauthorized,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Returns whether the exception represents an answer.</summary>
    /// <remarks>Without an answer, the exception is classified by its own type.</remarks>
    internal static bool IsAnswer(AmazonServiceException exception) => exception.StatusCode != 0;

    /// <summary>Returns whether there was an answer that the SDK could not read.</summary>
    /// <remarks>Then the sender of the answer is at fault, and not this side.</remarks>
    internal static bool IsUnreadable(Exception exception)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            if (at is XmlException or AmazonUnmarshallingException or FormatException)
            {
                return true;
            }
        }

        return false;
    }

    internal static SendResult Unreadable(Exception exception) =>
        SendResult.Failed(ErrorClass.Ambiguous, "UnreadableAnswer", $"The answer is not that of S3: {exception.Message}");

    internal static SendResult Classify(AmazonServiceException exception)
    {
        string code = string.IsNullOrEmpty(exception.ErrorCode) ? $"HTTP {(int)exception.StatusCode}" : exception.ErrorCode;
        ErrorClass error = Known.TryGetValue(code, out ErrorClass known) ? known : ByCodeOrStatus(code, (int)exception.StatusCode);
        return SendResult.Failed(
            error, code, exception.Message.Length <= MaxMessageChars ? exception.Message : exception.Message[..MaxMessageChars]);
    }

    // KMS.DisabledException and similar codes: someone must correct a key or a policy.
    private static ErrorClass ByCodeOrStatus(string code, int status) =>
        code.StartsWith("KMS.", StringComparison.Ordinal) ? ErrorClass.Unauthorized : status switch
        {
            401 or 403 or 407 => ErrorClass.Unauthorized,
            404 => ErrorClass.MissingResource,
            408 => ErrorClass.Unavailable,
            429 => ErrorClass.Throttled,
            502 or 504 => ErrorClass.Ambiguous,

            // The store does not support the operation, so a retry would not help.
            501 => ErrorClass.Invalid,
            >= 400 and < 500 => ErrorClass.Invalid,
            _ => ErrorClass.Unavailable,
        };
}
