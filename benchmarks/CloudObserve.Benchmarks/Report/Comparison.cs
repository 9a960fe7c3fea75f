namespace CloudObserve.Benchmarks.Report;

/// <summary>Represents a comparison of this library with the best of its rivals for the same work.</summary>
/// <param name="What">The measured operation.</param>
/// <param name="Against">The description of the rivals.</param>
/// <param name="Area">The file of results.</param>
/// <param name="Benchmark">The benchmark class.</param>
/// <param name="Ours">The method of this library.</param>
/// <param name="Rivals">The beginnings of the rivals' method names.</param>
/// <param name="Target">The target: the largest acceptable ratio.</param>
/// <param name="Only">The text that a row's parameters must contain to count; <see langword="null"/> if all rows count.</param>
internal sealed record Comparison(
    string What, string Against, string Area, string Benchmark, string Ours, string[] Rivals, double Target, string Only = "")
{
    /// <summary>Returns the ratio for each set of parameters, in the order of the table.</summary>
    internal IEnumerable<(string Parameters, double Ratio)> Ratios(ResultFile results) =>
        from row in results[Benchmark]
        where row.Method == Ours && row.Parameters.Contains(Only, StringComparison.Ordinal)
        let rivals = results[Benchmark].Where(
            other => other.Parameters == row.Parameters && Rivals.Any(name => other.Method.StartsWith(name, StringComparison.Ordinal)))
        where rivals.Any()
        select (row.Parameters, row.Nanoseconds / rivals.Min(rival => rival.Nanoseconds));
}
