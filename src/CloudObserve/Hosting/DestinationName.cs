using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.CloudWatch;
using CloudObserve.Sinks.Local;

namespace CloudObserve.Hosting;

/// <summary>Where the data goes, in words. What counts is what was registered, not what the options say: a sink of the application's own goes before them.</summary>
internal static class DestinationName
{
    internal static string Of(IBatchSink sink) => sink switch
    {
        LocalSink => "the embedded CloudWatch",
        CloudWatchSink => "Amazon CloudWatch",
        _ => "a sink of the application's own",
    };
}
