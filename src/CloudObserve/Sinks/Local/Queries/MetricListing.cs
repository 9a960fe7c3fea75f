using System.Globalization;
using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Executes <c>ListMetrics</c>.</summary>
/// <remarks>
/// The token is the number of the last metric of a page, so metrics added or removed in between cause no duplicates and no gaps.
/// </remarks>
internal sealed class MetricListing(MetricStore store)
{
    internal ListMetricsResponse Execute(ListMetricsRequest request)
    {
        if (request.Dimensions.Count > QueryLimits.MaxDimensionFilters)
        {
            throw ErrorCodes.TooMany("Dimensions", QueryLimits.MaxDimensionFilters);
        }

        long since = store.Now - (request.RecentlyActive ? Retention.RecentlyActive : Retention.Listed);
        List<ListedMetric> found = store.List(After(request.NextToken), since, identity => Matches(request, identity));
        List<ListedMetric> page = found.GetRange(0, Math.Min(found.Count, QueryLimits.MetricsPerPage));
        string? next = page.Count < found.Count ? PageToken.Write(page[^1].Id.ToString(CultureInfo.InvariantCulture)) : null;
        return new ListMetricsResponse([.. page.Select(metric => ToMetric(metric.Identity))], next);
    }

    private static long After(string? token)
    {
        if (token is null)
        {
            return 0;
        }

        return PageToken.TryRead(token, 1) is [string text]
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? id
            : throw new CloudWatchException(ErrorCodes.InvalidParameterValue, "Request parameter NextToken is invalid");
    }

    private static bool Matches(ListMetricsRequest request, MetricIdentity identity) =>
        (request.Namespace is null || request.Namespace == identity.Namespace)
        && (request.MetricName is null || request.MetricName == identity.Name)
        && request.Dimensions.All(filter => identity.Dimensions.Any(dimension => Matches(filter, dimension)));

    private static bool Matches(DimensionFilter filter, MetricDimension dimension) =>
        filter.Name == dimension.Name && (filter.Value is null || filter.Value == dimension.Value);

    private static MetricIdentifier ToMetric(MetricIdentity identity) => new(identity.Namespace, identity.Name, identity.Dimensions);
}
