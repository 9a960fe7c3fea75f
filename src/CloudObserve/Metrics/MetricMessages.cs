using CloudObserve.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Metrics;

/// <summary>The log messages of metrics.</summary>
internal static partial class MetricMessages
{
    /// <summary>Creates the report that a setting names something the application does not have.</summary>
    /// <remarks>The caller reports each setting once.</remarks>
    internal static Notice SettingUnused(string signal, string setting, string problem) =>
        new(nameof(SettingUnused), signal, setting, problem, Log.MisuseCategory, logger => SettingUnused(logger, setting, problem));

    [LoggerMessage(
        130,
        LogLevel.Warning,
        "A name in {Setting} has had no effect so far. {Problem} This is logged once.",
        EventName = "SettingUnused")]
    private static partial void SettingUnused(ILogger logger, string setting, string problem);
}
