namespace CloudObserve.Insights;

/// <summary>Describes log messages that differ only in their values.</summary>
/// <param name="Pattern">
/// The text of the messages, with a placeholder for each value, such as <c>&lt;IPAddress-1&gt;</c>. The name is the type of the values, or
/// <c>Token</c>. The number is the position among the placeholders of the pattern, from 1.
/// </param>
/// <param name="SampleCount">The number of messages.</param>
/// <param name="Ratio">The share of all messages, from 0 to 1.</param>
/// <param name="SeverityLabel">
/// The severity that the messages name, such as <c>ERROR</c>, or <see langword="null"/> if they name none.
/// </param>
/// <param name="Sample">One of the messages, up to 1,024 bytes of it.</param>
/// <param name="FirstSeen">The earliest timestamp, or <see langword="null"/> if the messages have none.</param>
/// <param name="LastSeen">The latest timestamp, or <see langword="null"/> if the messages have none.</param>
public sealed record LogPattern(
    string Pattern,
    long SampleCount,
    double Ratio,
    string? SeverityLabel,
    string Sample,
    DateTimeOffset? FirstSeen,
    DateTimeOffset? LastSeen);
