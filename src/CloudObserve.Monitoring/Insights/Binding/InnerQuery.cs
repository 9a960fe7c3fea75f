using CloudObserve.Monitoring.Insights.Language;

namespace CloudObserve.Monitoring.Insights.Binding;

/// <summary>Represents a query in brackets, in a <c>join</c> or behind <c>in</c>.</summary>
/// <param name="Commands">Its commands. The first one identifies it.</param>
/// <param name="Columns">The fields that the outer query needs; <see langword="null"/> for the first column.</param>
internal sealed record InnerQuery(IReadOnlyList<QueryCommand> Commands, IReadOnlyList<string>? Columns);
