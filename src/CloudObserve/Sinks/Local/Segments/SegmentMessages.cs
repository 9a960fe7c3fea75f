using CloudObserve.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Sinks.Local.Segments;

/// <summary>The log messages about the files of the embedded CloudWatch.</summary>
internal static partial class SegmentMessages
{
    private const string Signal = "local-files";

    /// <summary>Creates the report that the files that earlier processes left in a directory were read.</summary>
    internal static Notice LocalFilesRead(string directory, long batches, long refused, long bytes, TimeSpan duration) => new(
        nameof(LocalFilesRead), Signal, "", "", Log.HostCategory,
        logger => LocalFilesRead(logger, directory, batches, refused, bytes, duration))
    {
        IsError = false,
    };

    /// <summary>Creates the report that a directory cannot be used, or has a file that is damaged.</summary>
    internal static Notice LocalFilesNoticed(string directory, string problem) => new(
        nameof(LocalFilesNoticed), Signal, "", $"{directory}: {problem}", Log.HostCategory,
        logger => LocalFilesNoticed(logger, directory, problem));

    [LoggerMessage(
        EventId = 450,
        EventName = "LocalFilesRead",
        Level = LogLevel.Information,
        Message = "The embedded CloudWatch has read {Batches} batches ({Bytes} bytes) of earlier processes from {Directory} in {Duration}. "
            + "Refused as they would be when sent: {Refused}.")]
    private static partial void LocalFilesRead(
        ILogger logger, string directory, long batches, long refused, long bytes, TimeSpan duration);

    [LoggerMessage(
        EventId = 451,
        EventName = "LocalFilesNoticed",
        Level = LogLevel.Warning,
        Message = "The directory {Directory} of the embedded CloudWatch: {Problem}")]
    private static partial void LocalFilesNoticed(ILogger logger, string directory, string problem);
}
