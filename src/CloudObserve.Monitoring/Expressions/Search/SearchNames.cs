using CloudObserve.Local;

namespace CloudObserve.Monitoring.Expressions.Search;

/// <summary>Finds the names of metrics, and keeps their tokens during a search.</summary>
internal sealed class SearchNames
{
    private const string MetricName = "MetricName";
    private const string Namespace = "Namespace";
    private const string AccountId = ":aws.AccountId";

    private readonly Dictionary<string, NameTokens> _tokens = new(StringComparer.Ordinal);

    /// <summary>Returns the names of a metric that a search term is compared with.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="property">
    /// The property; <see langword="null"/> for the namespace, the name and the names and values of dimensions.
    /// </param>
    internal static IEnumerable<string> Of(MetricIdentifier metric, string? property) => property switch
    {
        null =>
        [
            metric.Namespace,
            metric.MetricName,
            .. metric.Dimensions.SelectMany(static dimension => new[] { dimension.Name, dimension.Value }),
        ],
        MetricName => [metric.MetricName],
        Namespace => [metric.Namespace],
        AccountId => [QueryLimits.AccountId],
        _ => metric.Dimensions.Where(dimension => dimension.Name == property).Select(static dimension => dimension.Value),
    };

    /// <summary>Returns the tokens of a name.</summary>
    internal NameTokens TokensOf(string name)
    {
        if (!_tokens.TryGetValue(name, out NameTokens? tokens))
        {
            tokens = new NameTokens(name);
            _tokens.Add(name, tokens);
        }

        return tokens;
    }
}
