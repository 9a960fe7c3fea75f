using System.Text.Json;

namespace CloudObserve.Cli.Costs;

/// <summary>What the report of a run tells about what a bill is made of. What it does not tell is null.</summary>
/// <param name="Seconds">How long the run lasted.</param>
/// <param name="Series">How many series it published.</param>
/// <param name="LogBytes">The bytes of its log events, as CloudWatch bills them.</param>
/// <param name="LogEvents">How many log events were delivered.</param>
internal sealed record CapturedRun(decimal? Seconds, long? Series, long? LogBytes, long? LogEvents)
{
    private const string Prefix = "report: ";

    /// <summary>Reads the last line of a program's output that begins with <c>report: {</c>, or a file with nothing but its object.</summary>
    /// <exception cref="CommandException">There is none, or it is no such report.</exception>
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
            throw new CommandException($"{name} has no line that begins with 'report: {{' and goes on as JSON");
        }
    }

    private static CapturedRun Read(JsonElement report)
    {
        JsonElement? app = Member(report, "app");
        JsonElement? usage = Member(app, "usage");
        return new CapturedRun(
            Number(Member(usage, "seconds")),
            (long?)Number(Member(usage, "series")) ?? SeriesOf(Member(app, "published")),
            (long?)Number(Member(usage, "logBytes")),
            (long?)Number(Member(Member(report, "logs"), "delivered")));
    }

    // By metric, a list of its series: what the Storefront's report has.
    private static long? SeriesOf(JsonElement? published) => published is { ValueKind: JsonValueKind.Object } metrics
        ? metrics.EnumerateObject().Sum(static m => Member(m.Value, "series") is { ValueKind: JsonValueKind.Array } series ? series.GetArrayLength() : 0)
        : null;

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } present && present.TryGetProperty(name, out JsonElement member) ? member : null;

    private static decimal? Number(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out decimal value) && value >= 0 ? value : null;
}
