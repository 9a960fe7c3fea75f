using System.Collections.Frozen;
using System.Net;
using CloudObserve.Delivery;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Maps the error codes of CloudWatch and CloudWatch Logs to error classes.</summary>
/// <remarks>
/// A service writes a code with or without <c>Exception</c>, depending on the protocol; the table holds the short form. The code decides,
/// because AWS throttles with HTTP 400. The status decides only if the code is unknown or missing.
/// </remarks>
internal static class CloudWatchErrors
{
    private const string ExceptionSuffix = "Exception";

    private static readonly FrozenDictionary<string, ErrorClass> Known = new Dictionary<string, ErrorClass>
    {
        ["Throttling"] = ErrorClass.Throttled,
        ["Throttled"] = ErrorClass.Throttled,
        ["TooManyRequests"] = ErrorClass.Throttled,
        ["RequestThrottled"] = ErrorClass.Throttled,
        ["RequestLimitExceeded"] = ErrorClass.Throttled,
        ["SlowDown"] = ErrorClass.Throttled,

        // Not documented for these services. Every AWS SDK treats them as throttling, and treating them as unknown would lose data.
        ["ProvisionedThroughputExceeded"] = ErrorClass.Throttled,
        ["BandwidthLimitExceeded"] = ErrorClass.Throttled,
        ["PriorRequestNotComplete"] = ErrorClass.Throttled,

        ["InternalServiceError"] = ErrorClass.Unavailable,
        ["InternalServiceFault"] = ErrorClass.Unavailable,
        ["InternalFailure"] = ErrorClass.Unavailable,
        ["InternalServer"] = ErrorClass.Unavailable,
        ["ServiceUnavailable"] = ErrorClass.Unavailable,
        ["RequestTimeout"] = ErrorClass.Unavailable,
        ["OperationAborted"] = ErrorClass.Unavailable,
        ["InvalidSequenceToken"] = ErrorClass.Unavailable,

        // By now the SDK has measured the clock difference, so the next attempt is signed with the right time.
        ["RequestExpired"] = ErrorClass.Unavailable,
        ["RequestTimeTooSkewed"] = ErrorClass.Unavailable,
        ["RequestInTheFuture"] = ErrorClass.Unavailable,

        ["AccessDenied"] = ErrorClass.Unauthorized,
        ["UnrecognizedClient"] = ErrorClass.Unauthorized,
        ["InvalidClientTokenId"] = ErrorClass.Unauthorized,
        ["IncompleteSignature"] = ErrorClass.Unauthorized,
        ["InvalidSignature"] = ErrorClass.Unauthorized,
        ["SignatureDoesNotMatch"] = ErrorClass.Unauthorized,
        ["MissingAuthenticationToken"] = ErrorClass.Unauthorized,
        ["NotAuthorized"] = ErrorClass.Unauthorized,
        ["OptInRequired"] = ErrorClass.Unauthorized,
        ["ExpiredToken"] = ErrorClass.Unauthorized,
        ["InvalidToken"] = ErrorClass.Unauthorized,
        ["AuthFailure"] = ErrorClass.Unauthorized,
        ["UnauthorizedOperation"] = ErrorClass.Unauthorized,
        ["SubscriptionRequired"] = ErrorClass.Unauthorized,

        ["ResourceNotFound"] = ErrorClass.MissingResource,
        ["LimitExceeded"] = ErrorClass.MissingResource,
        ["UnknownOperation"] = ErrorClass.MissingResource,

        ["InvalidParameterValue"] = ErrorClass.Invalid,
        ["InvalidParameter"] = ErrorClass.Invalid,
        ["InvalidParameterCombination"] = ErrorClass.Invalid,
        ["MissingParameter"] = ErrorClass.Invalid,
        ["MissingRequiredParameter"] = ErrorClass.Invalid,
        ["Validation"] = ErrorClass.Invalid,
        ["ValidationError"] = ErrorClass.Invalid,
        ["Serialization"] = ErrorClass.Invalid,
        ["MalformedHttpRequest"] = ErrorClass.Invalid,

        ["RequestEntityTooLarge"] = ErrorClass.TooLarge,

        // Not failures: the requested state already exists.
        ["ResourceAlreadyExists"] = ErrorClass.None,
        ["DataAlreadyAccepted"] = ErrorClass.None,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Returns the name of a code: without the namespace before <c>#</c>, the fault type after <c>;</c>, and the address after <c>:</c>.
    /// </summary>
    internal static string ShortCode(string code)
    {
        string name = code[(code.LastIndexOf('#') + 1)..];
        int end = name.AsSpan().IndexOfAny(';', ':');
        return (end < 0 ? name : name[..end]).Trim();
    }

    internal static bool IsExpiredCredentials(string code) => Stem(code) == "ExpiredToken";

    internal static bool IsNotFound(string code) => Stem(code) == "ResourceNotFound";

    internal static bool IsAlreadyExists(string code) => Stem(code) == "ResourceAlreadyExists";

    internal static bool IsOperationAborted(string code) => Stem(code) == "OperationAborted";

    internal static bool IsAccessDenied(string code) => Stem(code) == "AccessDenied";

    internal static ErrorClass Classify(string code, HttpStatusCode status) =>
        Known.TryGetValue(Stem(code), out ErrorClass error) ? error : ByStatus(status, isAws: code.Length > 0);

    private static string Stem(string code) =>
        code.EndsWith(ExceptionSuffix, StringComparison.Ordinal) ? code[..^ExceptionSuffix.Length] : code;

    private static ErrorClass ByStatus(HttpStatusCode status, bool isAws) => (int)status switch
    {
        401 or 403 or 407 => ErrorClass.Unauthorized,
        404 => ErrorClass.MissingResource,
        408 => ErrorClass.Unavailable,
        413 => ErrorClass.TooLarge,
        429 => ErrorClass.Throttled,

        // These are responses of a proxy; the server behind it may have accepted the batch.
        502 or 504 => ErrorClass.Ambiguous,

        // Only the service itself can refuse the content. An error page of a proxy must not cause a loss.
        >= 400 and < 500 when isAws => ErrorClass.Invalid,
        _ => ErrorClass.Unavailable,
    };
}
