using CloudObserve.Local;

namespace CloudObserve.Monitoring.Expressions.Search;

/// <summary>Represents a condition of a search expression.</summary>
internal abstract record SearchTerm
{
    /// <summary>Determines whether a metric meets the condition.</summary>
    internal abstract bool Matches(MetricIdentifier metric, SearchNames names);

    /// <summary>Requires all conditions.</summary>
    internal sealed record All(IReadOnlyList<SearchTerm> Terms) : SearchTerm
    {
        internal override bool Matches(MetricIdentifier metric, SearchNames names) => Terms.All(term => term.Matches(metric, names));
    }

    /// <summary>Requires one of the conditions.</summary>
    internal sealed record Any(IReadOnlyList<SearchTerm> Terms) : SearchTerm
    {
        internal override bool Matches(MetricIdentifier metric, SearchNames names) => Terms.Any(term => term.Matches(metric, names));
    }

    /// <summary>Requires that the condition is not met.</summary>
    internal sealed record Not(SearchTerm Term) : SearchTerm
    {
        internal override bool Matches(MetricIdentifier metric, SearchNames names) => !Term.Matches(metric, names);
    }

    /// <summary>Requires a text in a name of the metric.</summary>
    /// <param name="Property">The name of the property to search; <see langword="null"/> for all of them.</param>
    /// <param name="Text">The text.</param>
    /// <param name="IsExact">Whether the text must be the whole name.</param>
    internal sealed record Part(string? Property, string Text, bool IsExact) : SearchTerm
    {
        private readonly NameTokens _tokens = new(Text);

        internal override bool Matches(MetricIdentifier metric, SearchNames names) =>
            SearchNames.Of(metric, Property).Any(name => IsExact ? name == Text : _tokens.AreIn(names.TokensOf(name)));
    }
}
