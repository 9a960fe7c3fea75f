using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>What one call came to.</summary>
/// <param name="Result">What it means.</param>
/// <param name="Code">The service's error code, also where it is no failure, such as <c>ResourceAlreadyExistsException</c>; empty without one.</param>
/// <param name="Content">The body of a success; empty for an error and for operations that have nothing to say.</param>
/// <param name="ServiceTime">The time by the service's clock, of a success; <see langword="null"/> when it is not told.</param>
internal readonly record struct ServiceAnswer(SendResult Result, string Code, ReadOnlyMemory<byte> Content, DateTimeOffset? ServiceTime = null)
{
    internal bool Succeeded => Result.Error == ErrorClass.None;

    /// <summary>Gets a value indicating whether the service itself says that what was addressed does not exist; a stranger's page with status 404 does not say that.</summary>
    internal bool IsNotFound => CloudWatchErrors.IsNotFound(Code);
}
