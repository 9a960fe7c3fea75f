using CloudObserve.Delivery;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The outcome of one call.</summary>
/// <param name="Result">The outcome for the batch.</param>
/// <param name="Code">The service's error code, even if it is not a failure, such as <c>ResourceAlreadyExistsException</c>; empty if there
/// is none.</param>
/// <param name="Content">The body of a success; empty for an error and for operations without a response body.</param>
/// <param name="ServiceTime">The time of the service's clock in a successful response, or <see langword="null"/> if it is unknown.</param>
internal readonly record struct ServiceAnswer(
    SendResult Result, string Code, ReadOnlyMemory<byte> Content, DateTimeOffset? ServiceTime = null)
{
    internal bool Succeeded => Result.Error == ErrorClass.None;

    /// <summary>Gets a value indicating whether the service itself reports that the resource does not exist.</summary>
    /// <remarks>A page of another server with status 404 does not count.</remarks>
    internal bool IsNotFound => CloudWatchErrors.IsNotFound(Code);
}
