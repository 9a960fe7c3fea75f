using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing;

/// <summary>Something that goes wrong with one request to a <see cref="ScriptedCloudWatch"/>.</summary>
/// <remarks>A fault is a value: the same one may be queued many times, and at several servers.</remarks>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
public sealed class Fault
{
    private Fault(string name) => Name = name;

    /// <summary>Gets a fault in words, for messages of failing tests.</summary>
    public string Name { get; }

    /// <summary>Gets the answer that is given in the service's place; <see langword="null"/> when the request is served.</summary>
    internal ServiceAnswer? Answer { get; private init; }

    /// <summary>Gets what has to happen before anything else does.</summary>
    internal Task? Until { get; private init; }

    /// <summary>Gets the one-based place of the datum to be called invalid.</summary>
    internal int? InvalidMember { get; private init; }

    internal bool CutsBefore { get; private init; }

    internal bool CutsAfter { get; private init; }

    /// <summary>The request is throttled: AWS answers with HTTP 400, not 429.</summary>
    /// <param name="retryAfter">The pause to ask for; <see langword="null"/> asks for none, as AWS does.</param>
    /// <returns>The fault.</returns>
    public static Fault Throttle(TimeSpan? retryAfter = null) => Error(400, "ThrottlingException", "Rate exceeded", retryAfter);

    /// <summary>The service fails with HTTP 500.</summary>
    /// <returns>The fault.</returns>
    public static Fault InternalError() => Error(500, "InternalServiceFault", "An internal failure occurred.");

    /// <summary>The service is not available: HTTP 503.</summary>
    /// <param name="retryAfter">The pause to ask for; <see langword="null"/> asks for none.</param>
    /// <returns>The fault.</returns>
    public static Fault Unavailable(TimeSpan? retryAfter = null) =>
        Error(503, "ServiceUnavailableException", "The service is temporarily unavailable.", retryAfter);

    /// <summary>The temporary credentials have expired: HTTP 403.</summary>
    /// <returns>The fault.</returns>
    public static Fault ExpiredToken() => Error(403, "ExpiredTokenException", "The security token included in the request is expired");

    /// <summary>The caller lacks the permission: HTTP 403.</summary>
    /// <returns>The fault.</returns>
    public static Fault AccessDenied() => Error(403, "AccessDeniedException", "User is not authorized to perform: cloudwatch:PutMetricData");

    /// <summary>The body is called too large: HTTP 413.</summary>
    /// <returns>The fault.</returns>
    public static Fault TooLarge() => Error(413, "RequestEntityTooLargeException", "The request body is too large.");

    /// <summary>The request is called expired, and the answer's <c>Date</c> shows a clock that is ahead of the caller's.</summary>
    /// <param name="serverAhead">How far the server's clock is ahead; negative when it is behind. AWS tolerates five minutes.</param>
    /// <returns>The fault.</returns>
    public static Fault ClockSkew(TimeSpan serverAhead) => new($"clock skew of {serverAhead}")
    {
        Answer = new ServiceAnswer(400, "RequestExpired", "Request has expired.") { ClockOffset = serverAhead },
    };

    /// <summary>The datum at an index is called invalid, and so the whole request is refused.</summary>
    /// <param name="index">The zero-based index of the datum. A request with fewer is served.</param>
    /// <returns>The fault.</returns>
    public static Fault InvalidItem(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new Fault($"item {index} invalid") { InvalidMember = index + 1 };
    }

    /// <summary>The connection is reset once the request has been read; nothing is accepted.</summary>
    /// <returns>The fault.</returns>
    public static Fault CutBeforeAcceptance() => new("connection cut before acceptance") { CutsBefore = true };

    /// <summary>The request is accepted, then the connection is reset instead of answered: the caller cannot tell.</summary>
    /// <returns>The fault.</returns>
    public static Fault CutAfterAcceptance() => new("connection cut after acceptance") { CutsAfter = true };

    /// <summary>The request is read, then nothing happens until the test says so; then it is served as usual.</summary>
    /// <param name="release">Completes when the request shall go on. Closing the server ends the wait, too.</param>
    /// <returns>The fault.</returns>
    public static Fault Hang(Task release)
    {
        ArgumentNullException.ThrowIfNull(release);
        return new Fault("hangs") { Until = release };
    }

    /// <summary>Any other error of the service.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The error code, such as <c>InvalidParameterValueException</c>.</param>
    /// <param name="message">The message.</param>
    /// <param name="retryAfter">The pause to ask for; <see langword="null"/> asks for none.</param>
    /// <returns>The fault.</returns>
    public static Fault Error(int status, string code, string message, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return new Fault($"{status} {code}") { Answer = new ServiceAnswer(status, code, message) { RetryAfter = retryAfter } };
    }

    /// <summary>An answer that does not come from AWS at all, such as the page of a proxy.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="html">The page.</param>
    /// <returns>The fault.</returns>
    public static Fault Page(int status, string html) => new($"{status} page") { Answer = new ServiceAnswer(status, "", html) };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
