using System.Text.Json;

namespace CloudObserve.Cli.Costs;

/// <summary>Holds the billing data in the report of a run or in the status of a process.</summary>
/// <remarks>Missing data is null.</remarks>
/// <param name="Seconds">The duration of the run in seconds.</param>
/// <param name="Series">The number of published series.</param>
/// <param name="LogBytes">The bytes of its log events, as CloudWatch bills them.</param>
/// <param name="LogEvents">The number of delivered log events.</param>
/// <param name="Time">The time of the status.</param>
internal sealed record CapturedRun(decimal? Seconds, long? Series, long? LogBytes, long? LogEvents, DateTimeOffset? Time = null)
{
    private const string Prefix = "report: ";

    /// <summary>Reads the last line of a program's output that begins with <c>report: {</c>, or a file that is a JSON object.</summary>
    /// <exception cref="CommandException">The text contains no valid report.</exception>
    internal static CapturedRun Read(string text, string name)
    {
        string? line = text.Split('\n').LastOrDefault(static l => l.StartsWith(Prefix + "{", StringComparison.Ordinal));
        try
        {
            using JsonDocument report = JsonDocument.Parse(line is null ? text : line[Prefix.Length..]);
            return report.RootElement.ValueKind == JsonValueKind.Object ? Read(report.RootElement) : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CommandException($"{name} has no line with a JSON object after 'report: ' and is not a JSON object itself");
        }
    }

    /// <summary>Returns the difference between this status and an earlier one of the same process.</summary>
    /// <exception cref="CommandException">The earlier status is not from the same process, or not earlier.</exception>
    internal CapturedRun After(CapturedRun earlier) => Time > earlier.Time && LogEvents >= earlier.LogEvents
        ? this with { Seconds = (decimal)(Time - earlier.Time).Value.TotalSeconds, LogEvents = LogEvents - earlier.LogEvents }
        : throw new CommandException("--since must be an earlier status of the same process, and --report a later one");

    private static CapturedRun Read(JsonElement report)
    {
        JsonElement? app = Member(report, "app");
        JsonElement? usage = Member(app, "usage");
        return new CapturedRun(
            Number(Member(usage, "seconds")),
            (long?)Number(Member(usage, "series")) ?? SeriesOf(Member(app, "published")) ?? (long?)Number(Member(report, "series")),
            (long?)Number(Member(usage, "logBytes")),
            (long?)Number(Member(Member(report, "logs") ?? StatusOfLogs(report), "delivered")),
            Member(report, "time") is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out DateTimeOffset time)
                ? time : null);
    }

    // A report can have a list of series for each metric instead of their number.
    private static long? SeriesOf(JsonElement? published) => published is { ValueKind: JsonValueKind.Object } metrics
        ? metrics.EnumerateObject()
            .Sum(static m => Member(m.Value, "series") is { ValueKind: JsonValueKind.Array } series ? series.GetArrayLength() : 0)
        : null;

    // GET /observe/status returns a list of signals.
    private static JsonElement? StatusOfLogs(JsonElement report) => Member(report, "signals") is { ValueKind: JsonValueKind.Array } signals
        ? signals.EnumerateArray()
            .Where(static s => Member(s, "signal") is { ValueKind: JsonValueKind.String } name && name.ValueEquals("logs"))
            .Select(static s => (JsonElement?)s).FirstOrDefault()
        : null;

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } present && present.TryGetProperty(name, out JsonElement member) ? member : null;

    private static decimal? Number(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out decimal value) && value >= 0 ? value : null;
}
