using CloudObserve.Filters.Transformations;
using CloudObserve.Local;
using CloudObserve.Sinks.Local.Ingestion;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Executes <c>DescribeMetricFilters</c>.</summary>
/// <remarks>The token is the last filter of a page, so filters added in between cause no duplicates.</remarks>
internal sealed class MetricFilterListing(MetricFilterStore store)
{
    internal DescribeMetricFiltersResponse Execute(DescribeMetricFiltersRequest request)
    {
        LogQueryLimits.CheckLimit(request.Limit, LogQueryLimits.MaxListedPerPage);
        if (request.LogGroupName is not null)
        {
            LogNameRules.CheckGroup(request.LogGroupName, "logGroupName");
        }

        (string Group, string Name) after = After(request.NextToken);
        MetricFilterSummary[] found = [.. store.All()
            .Where(at => request.LogGroupName is null || at.Group == request.LogGroupName)
            .Where(at => at.Filter.Definition.Name.StartsWith(request.FilterNamePrefix ?? "", StringComparison.Ordinal))
            .Where(at => IsBehind(at.Group, at.Filter.Definition.Name, after))
            .Take(request.Limit + 1)
            .Select(at => ToResult(at.Group, at.Filter))];
        return found.Length <= request.Limit
            ? new DescribeMetricFiltersResponse(found, null)
            : new DescribeMetricFiltersResponse(found[..^1], PageToken.Write($"{found[^2].LogGroupName}:{found[^2].FilterName}"));
    }

    // Neither group names nor filter names contain a colon.
    private static (string Group, string Name) After(string? token) =>
        token is null ? ("", "") : PageToken.TryRead(token, 2) is [var group, var name] ? (group, name) : throw LogToken.Invalid();

    private static bool IsBehind(string group, string name, (string Group, string Name) after)
    {
        int byGroup = string.CompareOrdinal(group, after.Group);
        return byGroup > 0 || (byGroup == 0 && string.CompareOrdinal(name, after.Name) > 0);
    }

    private static MetricFilterSummary ToResult(string group, StoredMetricFilter filter)
    {
        MetricFilterDefinition definition = filter.Definition;
        Dictionary<string, string> dimensions = definition.Dimensions.Zip(definition.Selectors)
            .ToDictionary(d => d.First, d => d.Second, StringComparer.Ordinal);
        return new MetricFilterSummary(
            definition.Name,
            group,
            definition.Extractor.Pattern.Text,
            new MetricTransformation(
                definition.Namespace, definition.Metric, definition.Value, definition.Default, dimensions, definition.UnitName),
            filter.CreatedAt)
        {
            EmitSystemFieldDimensions = definition.SystemFields,
            FieldSelectionCriteria = filter.FieldSelectionCriteria,
        };
    }
}
