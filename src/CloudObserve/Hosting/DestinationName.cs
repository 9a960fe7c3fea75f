using CloudObserve.Delivery;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.CloudWatch;
using CloudObserve.Sinks.Local;

namespace CloudObserve.Hosting;

/// <summary>Describes the destination of the data in words.</summary>
/// <remarks>The registered sink decides, and not the options: a sink registered by the application takes precedence.</remarks>
internal static class DestinationName
{
    /// <param name="target">The destination of the built-in signals.</param>
    internal static string Of(DeliveryTarget target) =>
        target.Copies is null ? Of(target.Sink) : $"{Of(target.Sink)}, with a copy in the embedded CloudWatch";

    private static string Of(IBatchSink sink) => sink switch
    {
        LocalSink => "the embedded CloudWatch",
        CloudWatchSink => "Amazon CloudWatch",
        _ => "a sink of the application's own",
    };
}
