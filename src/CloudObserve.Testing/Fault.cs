using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing;

/// <summary>Represents a fault that a <see cref="ScriptedCloudWatch"/> applies to one request.</summary>
/// <remarks>A fault is an immutable value: the same one may be queued many times and at several servers.</remarks>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
public sealed class Fault
{
    private Fault(string name) => Name = name;

    /// <summary>Gets the description of the fault, for messages of failing tests.</summary>
    public string Name { get; }

    /// <summary>Gets the answer to send in place of the service's own; <see langword="null"/> when the request is served.</summary>
    internal ScriptedAnswer? Answer { get; private init; }

    /// <summary>Gets the task that must complete before the request is handled.</summary>
    internal Task? Until { get; private init; }

    /// <summary>Gets the one-based index of the datum to reject.</summary>
    internal int? InvalidMember { get; private init; }

    internal bool CutsBefore { get; private init; }

    internal bool CutsAfter { get; private init; }

    /// <summary>Throttles the request.</summary>
    /// <remarks>AWS answers with HTTP 400, not 429.</remarks>
    /// <param name="retryAfter">The value of <c>Retry-After</c>; <see langword="null"/> sends none, as AWS does.</param>
    /// <returns>The fault.</returns>
    public static Fault Throttle(TimeSpan? retryAfter = null) => Error(400, "ThrottlingException", "Rate exceeded", retryAfter);

    /// <summary>Fails the request with HTTP 500.</summary>
    /// <returns>The fault.</returns>
    public static Fault InternalError() => Error(500, "InternalServiceFault", "An internal failure occurred.");

    /// <summary>Fails the request with HTTP 503: the service is unavailable.</summary>
    /// <param name="retryAfter">The value of <c>Retry-After</c>; <see langword="null"/> sends none.</param>
    /// <returns>The fault.</returns>
    public static Fault Unavailable(TimeSpan? retryAfter = null) =>
        Error(503, "ServiceUnavailableException", "The service is temporarily unavailable.", retryAfter);

    /// <summary>Fails the request with HTTP 403: the temporary credentials have expired.</summary>
    /// <returns>The fault.</returns>
    public static Fault ExpiredToken() => Error(403, "ExpiredTokenException", "The security token included in the request is expired");

    /// <summary>Fails the request with HTTP 403: the caller lacks the permission.</summary>
    /// <returns>The fault.</returns>
    public static Fault AccessDenied() =>
        Error(403, "AccessDeniedException", "User is not authorized to perform: cloudwatch:PutMetricData");

    /// <summary>Fails the request with HTTP 413: the body is too large.</summary>
    /// <returns>The fault.</returns>
    public static Fault TooLarge() => Error(413, "RequestEntityTooLargeException", "The request body is too large.");

    /// <summary>Fails the request as expired, with a <c>Date</c> header that differs from the real time.</summary>
    /// <param name="serverAhead">The offset of the server's clock; negative when it is behind. AWS tolerates five minutes.</param>
    /// <returns>The fault.</returns>
    public static Fault ClockSkew(TimeSpan serverAhead) => new($"clock skew of {serverAhead}")
    {
        Answer = new ScriptedAnswer(400, "RequestExpired", "Request has expired.") { ClockOffset = serverAhead },
    };

    /// <summary>Rejects the whole request because the datum at an index is invalid.</summary>
    /// <param name="index">The zero-based index of the datum. A request with fewer datums is served.</param>
    /// <returns>The fault.</returns>
    public static Fault InvalidItem(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new Fault($"item {index} invalid") { InvalidMember = index + 1 };
    }

    /// <summary>Resets the connection after the request has been read.</summary>
    /// <remarks>Nothing is accepted.</remarks>
    /// <returns>The fault.</returns>
    public static Fault CutBeforeAcceptance() => new("connection cut before acceptance") { CutsBefore = true };

    /// <summary>
    /// Accepts the request and then resets the connection instead of answering, so that the caller does not know the outcome.
    /// </summary>
    /// <returns>The fault.</returns>
    public static Fault CutAfterAcceptance() => new("connection cut after acceptance") { CutsAfter = true };

    /// <summary>Reads the request and waits until the test releases it; then serves it as usual.</summary>
    /// <param name="release">Completes when the request is to go on. Closing the server ends the wait, too.</param>
    /// <returns>The fault.</returns>
    public static Fault Hang(Task release)
    {
        ArgumentNullException.ThrowIfNull(release);
        return new Fault("hangs") { Until = release };
    }

    /// <summary>Fails the request with any other error of the service.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The error code, such as <c>InvalidParameterValueException</c>.</param>
    /// <param name="message">The message.</param>
    /// <param name="retryAfter">The value of <c>Retry-After</c>; <see langword="null"/> sends none.</param>
    /// <returns>The fault.</returns>
    public static Fault Error(int status, string code, string message, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return new Fault($"{status} {code}") { Answer = new ScriptedAnswer(status, code, message) { RetryAfter = retryAfter } };
    }

    /// <summary>Answers with a page that does not come from AWS, such as that of a proxy.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="html">The page.</param>
    /// <returns>The fault.</returns>
    public static Fault Page(int status, string html) => new($"{status} page") { Answer = new ScriptedAnswer(status, "", html) };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
