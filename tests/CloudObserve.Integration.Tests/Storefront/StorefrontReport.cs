using System.Globalization;
using System.Text.Json;

namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>
/// The last line that the shop prints, read as an outside script would, and the line of the recorder in its process.
/// </summary>
internal sealed class StorefrontReport
{
    /// <summary>Begins the line of the recorder.</summary>
    internal const string Recorded = "recorded: ";

    private const string Prefix = "report: ";

    private readonly JsonElement _app;
    private readonly JsonElement _metrics;
    private readonly JsonElement _logs;
    private readonly JsonElement _recorded;

    internal StorefrontReport(string line, string recorded)
    {
        Assert.StartsWith(Prefix, line, StringComparison.Ordinal);
        JsonElement root = JsonDocument.Parse(line[Prefix.Length..]).RootElement;
        _app = root.GetProperty("app");
        _metrics = root.GetProperty("metrics");
        _logs = root.GetProperty("logs");
        _recorded = JsonDocument.Parse(recorded[Recorded.Length..]).RootElement;
    }

    public long Accepted => _metrics.GetProperty("accepted").GetInt64();

    public long Delivered => _metrics.GetProperty("delivered").GetInt64();

    /// <summary>Gets the number of accepted log events. All were delivered, or <see cref="AssertNoLogEventIsMissing"/> fails.</summary>
    public long LogEvents => _logs.GetProperty("accepted").GetInt64();

    /// <summary>Gets the data that the recorder read back from the embedded CloudWatch.</summary>
    public (long Events, long Distinct, long OutOfOrder) StoredLogs
    {
        get
        {
            JsonElement stored = _recorded.GetProperty("storedLogs");
            return (stored.GetProperty("events").GetInt64(), stored.GetProperty("distinct").GetInt64(), stored.GetProperty("outOfOrder")
                .GetInt64());
        }
    }

    /// <summary>Gets the expected content of each series of the business metrics, including roll-ups.</summary>
    public Dictionary<SeriesName, SeriesTotals> Published => Series.ToDictionary(
        s => SeriesName.Of(NameOf(s), s.GetProperty("dimensions").EnumerateObject().Select(d => (d.Name, d.Value.GetString()!))),
        Totals);

    private IEnumerable<JsonElement> Series => _recorded.GetProperty("published").EnumerateArray();

    public decimal App(string name) => _app.GetProperty(name).GetDecimal();

    public long Shoppers(string name) => _app.GetProperty("shoppers").GetProperty(name).GetInt64();

    /// <summary>Gets the totals of a metric: the samples put, each once.</summary>
    public SeriesTotals Metric(string name)
    {
        SeriesTotals[] put = [.. Series.Where(s => NameOf(s) == name && !s.GetProperty("rollUp").GetBoolean()).Select(Totals)];
        return new SeriesTotals(put.Sum(t => t.Count), put.Sum(t => t.Sum));
    }

    /// <summary>Asserts that every accepted sample was delivered, and that the telemetry tells what the shop did.</summary>
    public void AssertNothingIsMissing()
    {
        Assert.Equal(Accepted, Delivered);
        Assert.Empty(_metrics.GetProperty("lost").EnumerateObject());
        Assert.Equal(0, _metrics.GetProperty("inFlight").GetInt64());
        Assert.InRange(Accepted, Published.Values.Sum(s => s.Count) + 1, long.MaxValue);

        Assert.True(App("orders") > 0, "A run without an order proves nothing.");
        Assert.Equal(App("orders"), Metric("OrdersPlaced").Count);
        Assert.Equal(App("orders"), Metric("CartSize").Count);
        Assert.Equal(App("ordersValue"), (decimal)Metric("OrderValue").Sum);
        Assert.Equal(App("payments"), Metric("PaymentLatency").Count);
        Assert.Equal(App("payments"), App("orders") + App("paymentsFailed"));
        Assert.Equal(0, Shoppers("failed"));
        Assert.Equal(App("requests"), Shoppers("requests"));
    }

    /// <summary>Asserts that every accepted log event was delivered.</summary>
    public void AssertNoLogEventIsMissing()
    {
        Assert.Equal(LogEvents, _logs.GetProperty("delivered").GetInt64());
        Assert.Empty(_logs.GetProperty("lost").EnumerateObject());
        Assert.Equal(0, _logs.GetProperty("inFlight").GetInt64());
    }

    /// <summary>
    /// Asserts that the series of the business metrics, and no others under their names, hold exactly what was published.
    /// </summary>
    public void AssertPublishedAs(IReadOnlyDictionary<SeriesName, SeriesTotals> found)
    {
        HashSet<string> names = [.. Published.Keys.Select(s => s.Metric)];
        Assert.Equal(Lines(Published), Lines(found.Where(f => names.Contains(f.Key.Metric))));
    }

    private static IEnumerable<string> Lines(IEnumerable<KeyValuePair<SeriesName, SeriesTotals>> series) =>
        series.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key}: {s.Value.Count} samples, sum {s.Value.Sum:R}"))
            .Order(StringComparer.Ordinal);

    private static string NameOf(JsonElement series) => series.GetProperty("metric").GetString()!;

    private static SeriesTotals Totals(JsonElement element) =>
        new(element.GetProperty("count").GetInt64(), element.GetProperty("sum").GetDouble());
}
