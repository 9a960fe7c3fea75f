using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs.Formatting;

/// <summary>Contains the names of the log levels, as in the logging framework.</summary>
internal static class LevelText
{
    internal static ReadOnlySpan<byte> Of(LogLevel level) => level switch
    {
        LogLevel.Trace => "Trace"u8,
        LogLevel.Debug => "Debug"u8,
        LogLevel.Information => "Information"u8,
        LogLevel.Warning => "Warning"u8,
        LogLevel.Error => "Error"u8,
        LogLevel.Critical => "Critical"u8,
        _ => "None"u8,
    };
}
