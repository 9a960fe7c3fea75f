namespace CloudObserve.Cli.Metrics;

/// <summary>Represents a row of a CSV file of times and values.</summary>
/// <param name="Timestamp">The timestamp as it is written in the file.</param>
/// <param name="Time">The timestamp in UTC.</param>
/// <param name="Value">The value, a finite number.</param>
/// <param name="Line">The number of the line in the file, starting at 1.</param>
internal readonly record struct TimeValueRow(string Timestamp, DateTimeOffset Time, double Value, long Line);
