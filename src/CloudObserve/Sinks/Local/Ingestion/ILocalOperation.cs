using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>One service operation of the embedded CloudWatch.</summary>
/// <threadsafety>Implementations are called by several threads at once.</threadsafety>
internal interface ILocalOperation
{
    /// <summary>Checks a whole wire body and then applies it: all of it, all but what the service itself drops from it, or nothing.</summary>
    /// <param name="body">The bytes as they would go to AWS. Not kept after the call.</param>
    /// <returns>That it arrived, and what was dropped.</returns>
    /// <exception cref="CloudWatchException">AWS would refuse the body.</exception>
    SendResult Apply(ReadOnlySpan<byte> body);
}
