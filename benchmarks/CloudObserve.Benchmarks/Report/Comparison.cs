namespace CloudObserve.Benchmarks.Report;

/// <summary>One promise: ours against the best of its rivals on the same work.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Against">Who the rivals are, in words.</param>
/// <param name="Area">The file of results.</param>
/// <param name="Benchmark">The benchmark class.</param>
/// <param name="Ours">Our method.</param>
/// <param name="Rivals">How the names of the rivals' methods begin.</param>
/// <param name="Target">The ratio that is wanted at the most.</param>
/// <param name="Only">What a row's parameters must contain to count, if not all rows do.</param>
internal sealed record Comparison(
    string What, string Against, string Area, string Benchmark, string Ours, string[] Rivals, double Target, string Only = "")
{
    /// <summary>Gives the ratio for each set of parameters, in the order of the table.</summary>
    internal IEnumerable<(string Parameters, double Ratio)> Ratios(ResultFile results) =>
        from row in results[Benchmark]
        where row.Method == Ours && row.Parameters.Contains(Only, StringComparison.Ordinal)
        let rivals = results[Benchmark].Where(other => other.Parameters == row.Parameters && Rivals.Any(name => other.Method.StartsWith(name, StringComparison.Ordinal)))
        where rivals.Any()
        select (row.Parameters, row.Nanoseconds / rivals.Min(rival => rival.Nanoseconds));
}
