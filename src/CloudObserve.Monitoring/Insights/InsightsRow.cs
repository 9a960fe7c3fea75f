using System.Collections;
using CloudObserve.Monitoring.Insights;

namespace CloudObserve.Insights;

/// <summary>Represents a row of the result of a query.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class InsightsRow : IReadOnlyList<string?>
{
    private readonly InsightsColumns _columns;
    private readonly string?[] _values;

    internal InsightsRow(InsightsColumns columns, string?[] values) => (_columns, _values) = (columns, values);

    /// <summary>Gets the number of columns.</summary>
    public int Count => _values.Length;

    /// <summary>Gets the value of a column by its index.</summary>
    /// <param name="index">The zero-based index in <see cref="InsightsQueryResult.Columns"/>.</param>
    /// <value><see langword="null"/> if the row has no value.</value>
    public string? this[int index] => _values[index];

    /// <summary>Gets the value of a column by its name.</summary>
    /// <param name="column">The name.</param>
    /// <value><see langword="null"/> if the row has no value, or the result no such column.</value>
    public string? this[string column] => _columns.IndexOf(column) is >= 0 and var index ? _values[index] : null;

    /// <summary>Gets the pointer to the event of the row.</summary>
    /// <value><see langword="null"/> if the row is no event, as behind <c>stats</c>.</value>
    public string? LogRecordPointer { get; internal init; }

    /// <inheritdoc/>
    public IEnumerator<string?> GetEnumerator() => ((IEnumerable<string?>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
