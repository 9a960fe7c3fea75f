using System.Collections.Frozen;
using System.Xml;
using Amazon.Runtime;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.S3;

/// <summary>What error codes of S3 mean. The code decides; the status decides for a code that is not known.</summary>
internal static class S3Faults
{
    // Of a page of some proxy the SDK makes the message.
    private const int MaxMessageChars = 2_000;

    private static readonly FrozenDictionary<string, ErrorClass> Known = new Dictionary<string, ErrorClass>
    {
        ["SlowDown"] = ErrorClass.Throttled,
        ["Throttling"] = ErrorClass.Throttled,
        ["ThrottlingException"] = ErrorClass.Throttled,
        ["TooManyRequests"] = ErrorClass.Throttled,
        ["RequestLimitExceeded"] = ErrorClass.Throttled,
        ["BandwidthLimitExceeded"] = ErrorClass.Throttled,

        // Two conditional writes of one key at once: one of them is to be repeated.
        ["ConditionalRequestConflict"] = ErrorClass.Unavailable,
        ["OperationAborted"] = ErrorClass.Unavailable,
        ["RequestTimeout"] = ErrorClass.Unavailable,
        ["RequestTimeTooSkewed"] = ErrorClass.Unavailable,
        ["NoSuchBucket"] = ErrorClass.MissingResource,
        ["EntityTooLarge"] = ErrorClass.TooLarge,
        ["ExpiredToken"] = ErrorClass.Unauthorized,
        ["InvalidToken"] = ErrorClass.Unauthorized,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Says whether somebody answered. Without an answer the exception tells more than this could.</summary>
    internal static bool IsAnswer(AmazonServiceException fault) => fault.StatusCode != 0;

    /// <summary>Says whether an exception means that there was an answer and the SDK could not read it, which is the fault of whoever gave it.</summary>
    internal static bool IsUnreadable(Exception fault)
    {
        for (Exception? at = fault; at is not null; at = at.InnerException)
        {
            if (at is XmlException or AmazonUnmarshallingException or FormatException)
            {
                return true;
            }
        }

        return false;
    }

    internal static SendResult Unreadable(Exception fault) =>
        SendResult.Failed(ErrorClass.Ambiguous, "UnreadableAnswer", $"The answer is not that of S3: {fault.Message}");

    internal static SendResult Classify(AmazonServiceException fault)
    {
        string code = string.IsNullOrEmpty(fault.ErrorCode) ? $"HTTP {(int)fault.StatusCode}" : fault.ErrorCode;
        ErrorClass error = Known.TryGetValue(code, out ErrorClass known) ? known : ByCodeOrStatus(code, (int)fault.StatusCode);
        return SendResult.Failed(error, code, fault.Message.Length <= MaxMessageChars ? fault.Message : fault.Message[..MaxMessageChars]);
    }

    // KMS.DisabledException and its like: somebody has to mend a key or a policy.
    private static ErrorClass ByCodeOrStatus(string code, int status) => code.StartsWith("KMS.", StringComparison.Ordinal) ? ErrorClass.Unauthorized : status switch
    {
        401 or 403 or 407 => ErrorClass.Unauthorized,
        404 => ErrorClass.MissingResource,
        408 => ErrorClass.Unavailable,
        429 => ErrorClass.Throttled,
        502 or 504 => ErrorClass.Ambiguous,

        // What the store does not know at all will not be different in a second.
        501 => ErrorClass.Invalid,
        >= 400 and < 500 => ErrorClass.Invalid,
        _ => ErrorClass.Unavailable,
    };
}
