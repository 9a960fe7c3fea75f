using CloudObserve.Filters.Transformations;
using CloudObserve.Logs;
using CloudObserve.Logs.Routing;

namespace CloudObserve.Hosting;

/// <summary>The log groups that logs are set to go to.</summary>
internal static class ShippedGroups
{
    /// <summary>Tells whether all of them have fixed names.</summary>
    internal static bool AreFixed(LogsOptions logs) =>
        Templates(logs).All(group => LogRules.CheckLogGroup(group) is null && MetricFilterRules.IsFixed(group));

    /// <summary>Gets their names, which are fixed.</summary>
    internal static IEnumerable<string> Of(LogsOptions logs, LogIdentity identity) =>
        Templates(logs).Select(group => LogTemplate.Parse(group, NameKind.LogGroup).Render(identity, "", default)).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Templates(LogsOptions logs) => logs.Routes.Select(route => route.LogGroup).OfType<string>().Prepend(logs.LogGroup);
}
