using CloudObserve.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Audit;

/// <summary>The log messages of the audit trail.</summary>
internal static partial class AuditMessages
{
    internal const string Category = Log.CategoryPrefix + "Audit";

    /// <summary>
    /// Creates the report of a fact about the trail that an operator must check: data an earlier process left, or a change by somebody.
    /// </summary>
    internal static Notice TrailNoticed(string notice) =>
        new(nameof(TrailNoticed), "audit", nameof(Notice), notice, Category, logger => TrailNoticed(logger, notice));

    [LoggerMessage(500, LogLevel.Warning, "The audit trail: {Notice}", EventName = "TrailNoticed")]
    private static partial void TrailNoticed(ILogger logger, string notice);
}
