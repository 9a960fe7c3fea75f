using System.Diagnostics.CodeAnalysis;
using CloudObserve.Monitoring.Insights.Binding;
using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Running;

namespace CloudObserve.Insights;

/// <summary>Represents a query in the language of CloudWatch Logs Insights, such as
/// <c>filter level = "ERROR" | stats count(*) by bin(5m)</c>.</summary>
/// <remarks>What the language does not know, or this engine does not support, is an error with its position: nothing is ignored.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class InsightsQuery
{
    private readonly IReadOnlyList<QueryCommand> _commands;

    private InsightsQuery(string text, IReadOnlyList<QueryCommand> commands, BoundQuery bound)
    {
        Text = text;
        _commands = commands;
        Plan = QueryWords.Of(bound);
    }

    /// <summary>Gets the text of the query.</summary>
    public string Text { get; }

    /// <summary>Gets the plan of an execution in words: the fields that are read from events, and then each step.</summary>
    public IReadOnlyList<string> Plan { get; }

    /// <summary>Parses a query.</summary>
    /// <param name="query">The query: at most 10,000 characters.</param>
    /// <returns>The parsed query.</returns>
    /// <exception cref="FormatException">The query is invalid. The message shows the position.</exception>
    public static InsightsQuery Parse(string query) =>
        TryParse(query, out InsightsQuery? parsed, out InsightsQueryError? error) ? parsed : throw new FormatException(error.ToString());

    /// <summary>Parses a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="parsed">The parsed query, or <see langword="null"/> if it is invalid.</param>
    /// <param name="error">The reason why the query is invalid, or <see langword="null"/> if it is valid.</param>
    /// <returns><see langword="true"/> if the query is valid.</returns>
    public static bool TryParse(
        string query, [NotNullWhen(true)] out InsightsQuery? parsed, [NotNullWhen(false)] out InsightsQueryError? error)
    {
        ArgumentNullException.ThrowIfNull(query);
        try
        {
            IReadOnlyList<QueryCommand> commands = QueryParser.Parse(query);
            BoundQuery bound = QueryBinder.Bind(commands, QuerySettings.ForCheck, new QueryLexer(query).Place);
            (parsed, error) = (new InsightsQuery(query, commands, bound), null);
            return true;
        }
        catch (QuerySyntaxException exception)
        {
            (parsed, error) = (null, new InsightsQueryError(query, Math.Min(exception.Position, query.Length), exception.Message));
            return false;
        }
    }

    /// <summary>Executes the query.</summary>
    /// <param name="source">The events.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">The token that ends the execution, unless the source is waiting for data.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InsightsQueryException">The query needs too much memory, or the source lacks what it selects.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is negative, or a limit is 0.</exception>
    public InsightsQueryResult Execute(
        ILogEventSource source, InsightsQueryOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new InsightsQueryOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxDegreeOfParallelism, nameof(options.MaxDegreeOfParallelism));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxMemoryBytes, nameof(options.MaxMemoryBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Limit ?? 1, nameof(options.Limit));
        return new QueryRun(Text, source, options, cancellationToken).Execute(_commands);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
