using CloudObserve.Insights;
using CloudObserve.Monitoring.Insights.Binding;

namespace CloudObserve.Monitoring.Insights.Running;

/// <summary>Describes in words what a query does.</summary>
internal static class QueryWords
{
    internal static IReadOnlyList<string> Of(BoundQuery query)
    {
        string[] names = [.. query.Events.Discovered.Select(static field => field.Name)];
        string system = string.Join(", ", names.Where(IsSystem));
        string fields = string.Join(", ", names.Where(static name => !IsSystem(name)));
        return
        [
            query.Selection is { } selection ? $"reads the log groups {Groups(selection)}" : "reads the events of the source",
            fields.Length == 0 ? "reads no JSON field, so messages are not parsed" : $"reads the JSON fields {fields}, and no others",
            system.Length == 0 ? "uses no system field" : $"uses the system fields {system}",
            .. query.Words,
            $"shows the columns {string.Join(", ", query.Columns.Select(static column => column.Name))}",
        ];
    }

    private static bool IsSystem(string name) => name.StartsWith('@') && !name.StartsWith("@@", StringComparison.Ordinal);

    private static string Groups(LogGroupSelection selection) =>
        string.Join(", ", selection.LogGroupNames.Concat(selection.NamePrefixes.Select(static prefix => $"{prefix}*")));
}
