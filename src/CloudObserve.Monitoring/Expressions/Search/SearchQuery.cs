using System.Globalization;
using CloudObserve.Local;
using CloudObserve.Metrics;

namespace CloudObserve.Monitoring.Expressions.Search;

/// <summary>Represents the first argument of <c>SEARCH</c>.</summary>
/// <param name="Namespace">The namespace of the schema; <see langword="null"/> without a schema.</param>
/// <param name="Dimensions">The names of the dimensions in the schema, which are all dimensions of a metric. If it names none, a metric may
/// have any.</param>
/// <param name="Term">The condition; <see langword="null"/> without one.</param>
internal sealed record SearchQuery(string? Namespace, IReadOnlyList<string> Dimensions, SearchTerm? Term)
{
    /// <summary>CloudWatch: a search expression has at most 1,024 characters.</summary>
    internal const int MaxLength = 1024;

    /// <summary>CloudWatch: a search finds at most 500 time series.</summary>
    internal const int MaxSeries = 500;

    /// <summary>Parses the text.</summary>
    /// <exception cref="MathException">The text is invalid.</exception>
    internal static SearchQuery Parse(string text) => new SearchParser(text).Parse();

    /// <summary>Checks the arguments of a call of <c>SEARCH</c>.</summary>
    /// <exception cref="MathException">An argument is invalid.</exception>
    internal static void Check(MathInstruction call)
    {
        try
        {
            _ = Parse(call.Literals[0]);
        }
        catch (MathException fault)
        {
            throw new MathException(
                call.Position,
                string.Create(
                    CultureInfo.InvariantCulture, $"the search expression is invalid at its position {fault.Position}: {fault.Message}"));
        }

        if (call.Literals.Count > 2 && PeriodOf(call) is null)
        {
            throw new MathException(
                call.Position,
                $"the period of SEARCH must be 1, 5, 10, 20, 30 or a multiple of 60 seconds, but it is {call.Literals[2]}");
        }
    }

    /// <summary>Returns the period of a call of <c>SEARCH</c> in seconds.</summary>
    /// <returns><see langword="null"/> if it has none, or an invalid one.</returns>
    internal static long? PeriodOf(MathInstruction call) =>
        call.Literals.Count > 2
        && long.TryParse(call.Literals[2], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && QueryLimits.IsPeriod(seconds)
            ? seconds
            : null;

    /// <summary>Determines whether the query finds a metric.</summary>
    internal bool Matches(MetricIdentifier metric, SearchNames names) =>
        (Namespace is null || metric.Namespace == Namespace)
        && (Dimensions.Count == 0 || HasDimensions(metric.Dimensions))
        && (Term is null || Term.Matches(metric, names));

    private bool HasDimensions(IReadOnlyList<MetricDimension> dimensions) =>
        dimensions.Count == Dimensions.Count && dimensions.All(dimension => Dimensions.Contains(dimension.Name));
}
