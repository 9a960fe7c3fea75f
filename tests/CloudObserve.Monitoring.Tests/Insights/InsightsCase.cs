using System.Reflection;
using System.Text;
using System.Text.Json;
using CloudObserve.Insights;

namespace CloudObserve.Monitoring.Tests.Insights;

/// <summary>A query with its result: the rows, the ids of the events, or a part of the error.</summary>
internal sealed record InsightsCase(
    string Name, string Query, string? Source, long? Start, long? End, int? Limit, string? Error, string[]? Events,
    Dictionary<string, string>[]? Rows)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The events of the worked rows.</summary>
    private static readonly ListedEvents.Event[] Shop =
    [
        Event("e1", 5_000, """{"lvl":"INFO","user":"ann","ms":120}"""),
        Event("e2", 70_000, """{"lvl":"ERROR","user":"bob","ms":900,"err":{"code":"E1"}}"""),
        Event("e3", 299_999, """{"lvl":"INFO","user":"ann","ms":90,"tags":["x","y"]}"""),
        Event("e4", 300_000, """{"lvl":"WARN","user":"Bob"}"""),
        Event("e5", 750_000, "user=eve took 45 ms [retry] code=7"),
    ];

    private static readonly Dictionary<string, ListedEvents.Event[]> Sources = new()
    {
        ["shop"] = Shop,
        ["k"] = [.. new[] { "node10", "node9", "Node2", "12", "7", "5A" }.Select((k, i) => Event($"k{i}", i, $$"""{"k":"{{k}}"}"""))],
        ["p"] = [Event("p", 0, """{"p":"{\"x\":{\"y\":5}}"}""")],
        ["i"] = [Event("i", 0, """{"p":"{\"i\":[\"a\",\"b\"]}"}""")],
    };

    public static InsightsCase[] Read(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"insights-{file}")!;
        return JsonSerializer.Deserialize<InsightsCase[]>(stream, Options)!;
    }

    /// <summary>Executes the query and compares its result.</summary>
    /// <param name="parts">The number of parts of which the source consists.</param>
    internal void Check(int parts)
    {
        if (!InsightsQuery.TryParse(Query, out InsightsQuery? query, out InsightsQueryError? error))
        {
            Assert.True(Error is not null, error.ToString());
            Assert.Contains(Error, error.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Null(Error);
        ListedEvents.Event[] events = Sources[Source ?? "shop"];
        InsightsQueryResult result = query.Execute(
            new ListedEvents([.. Enumerable.Range(0, parts)
                .Select(part => events.Where((_, i) => i * parts / events.Length == part).ToArray())]),
            new InsightsQueryOptions
            {
                StartTime = Time(Start, 0),
                EndTime = Time(End, 999),
                Limit = Limit,
                MaxDegreeOfParallelism = parts
            });
        if (Events is not null)
        {
            Assert.Equal(Events, result.Rows.Select(static row => row.LogRecordPointer));
            return;
        }

        Assert.Equal(
            Rows!.Select(static row => string.Join("; ", row.Select(static pair => $"{pair.Key}={pair.Value}"))),
            result.Rows.Select(row =>
                string.Join("; ", result.Columns.Where(column => row[column] is not null).Select(column => $"{column}={row[column]}"))));
    }

    public override string ToString() => $"{Name}: {Query}";

    private static DateTimeOffset? Time(long? seconds, int milliseconds) =>
        seconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds((known * 1_000) + milliseconds) : null;

    private static ListedEvents.Event Event(string id, int milliseconds, string message) =>
        new(id, ListedEvents.Start.AddMilliseconds(milliseconds), Encoding.UTF8.GetBytes(message));
}
