using CloudObserve.Delivery;
using CloudObserve.Sinks.CloudWatch;
using CloudObserve.Sinks.Local;

namespace CloudObserve.Hosting;

/// <summary>Describes the destination of the data in words.</summary>
/// <remarks>The registered sink decides, and not the options: a sink registered by the application takes precedence.</remarks>
internal static class DestinationName
{
    /// <param name="sink">The registered sink.</param>
    /// <param name="hasCopy">Whether the embedded CloudWatch takes a copy of what goes to the sink.</param>
    internal static string Of(IBatchSink sink, bool hasCopy) => hasCopy ? $"{Of(sink)}, with a copy in the embedded CloudWatch" : Of(sink);

    private static string Of(IBatchSink sink) => sink switch
    {
        LocalSink => "the embedded CloudWatch",
        CloudWatchSink => "Amazon CloudWatch",
        _ => "a sink of the application's own",
    };
}
