using CloudObserve.Delivery;
using CloudObserve.Local;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>A service operation of the embedded CloudWatch.</summary>
/// <threadsafety>Implementations may be called by several threads at once.</threadsafety>
internal interface ILocalOperation
{
    /// <summary>Checks a request body and applies all of it, all except the parts the service itself drops, or nothing.</summary>
    /// <param name="body">The bytes as they would be sent to AWS. Not kept after the call.</param>
    /// <param name="arrival">The moment at which the request arrived.</param>
    /// <returns>A success, with the dropped items.</returns>
    /// <exception cref="CloudWatchException">AWS would refuse the body.</exception>
    SendResult Apply(ReadOnlySpan<byte> body, Arrival arrival);
}
