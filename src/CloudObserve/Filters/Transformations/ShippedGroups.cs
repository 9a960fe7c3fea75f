using CloudObserve.LogEvents.Routing;
using CloudObserve.Logs;

namespace CloudObserve.Filters.Transformations;

/// <summary>Finds the log groups to which the configured logs are sent.</summary>
internal static class ShippedGroups
{
    /// <summary>Returns whether all of the groups have fixed names.</summary>
    internal static bool AreFixed(LogsOptions logs) =>
        Templates(logs).All(group => LogRules.CheckLogGroup(group) is null && MetricFilterRules.IsFixed(group));

    /// <summary>Returns the names of the groups, which must be fixed.</summary>
    internal static IEnumerable<string> Of(LogsOptions logs, LogIdentity identity) =>
        Templates(logs).Select(group => LogTemplate.Parse(group, NameKind.LogGroup).Render(identity, "", default))
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Templates(LogsOptions logs) =>
        logs.Routes.Select(route => route.LogGroup).OfType<string>().Prepend(logs.LogGroup);
}
