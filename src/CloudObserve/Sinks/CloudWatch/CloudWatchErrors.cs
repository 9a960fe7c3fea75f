using System.Collections.Frozen;
using System.Net;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>What every error code of CloudWatch and CloudWatch Logs means for a batch. The one table of its kind.</summary>
/// <remarks>
/// A service spells a code with and without <c>Exception</c>, depending on the protocol; the table holds the short form. The code decides, for
/// AWS throttles with HTTP 400; the status decides only for a code, or a speaker, that is not known.
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

        // Not documented for these services; every AWS SDK takes them for throttling, and a code nobody knows would cost data.
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

        // The SDK has measured the clock's error by now, so the next attempt is signed with the right time.
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

        // Not failures: what was asked for is already so.
        ["ResourceAlreadyExists"] = ErrorClass.None,
        ["DataAlreadyAccepted"] = ErrorClass.None,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Cuts a code to its name: no shape namespace before <c>#</c>, no fault side after <c>;</c>, no address after <c>:</c>.</summary>
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

        // A proxy speaks for a server that may have taken the batch.
        502 or 504 => ErrorClass.Ambiguous,

        // Only the service itself can say that the content is at fault. A page of some proxy must not cost data.
        >= 400 and < 500 when isAws => ErrorClass.Invalid,
        _ => ErrorClass.Unavailable,
    };
}
