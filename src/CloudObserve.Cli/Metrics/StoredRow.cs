namespace CloudObserve.Cli.Metrics;

/// <summary>Represents a row that is kept in memory.</summary>
/// <param name="Time">The timestamp in UTC.</param>
/// <param name="Value">The value, a finite number.</param>
/// <param name="Line">The number of the line in the file, starting at 1.</param>
internal readonly record struct StoredRow(DateTime Time, double Value, long Line);
