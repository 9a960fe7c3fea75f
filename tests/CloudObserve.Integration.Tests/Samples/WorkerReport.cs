using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CloudObserve.Integration.Tests.Samples;

/// <summary>The last line that the worker prints, read as an outside script would, and the table before it.</summary>
internal sealed class WorkerReport
{
    private const string Prefix = "report: ";

    private static readonly Regex Row = new(@"^[\w.]+( +\w+=\w+)* +\d+ +\d+\.\d\d$", RegexOptions.CultureInvariant);

    private readonly JsonElement _root;
    private readonly ILookup<string, (decimal Count, decimal Sum)> _table;

    internal WorkerReport(IEnumerable<string> output)
    {
        string[] lines = [.. output];
        Assert.StartsWith(Prefix, lines[^1], StringComparison.Ordinal);
        _root = JsonDocument.Parse(lines[^1][Prefix.Length..]).RootElement;

        // Each row is a metric, its dimensions if it has some, the number of samples and their sum. Log lines can stand between the rows.
        _table = lines.SkipWhile(l => !l.StartsWith("metric ", StringComparison.Ordinal)).Skip(1).Where(l => Row.IsMatch(l))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToLookup(r => r[0], r => (Number(r[^2]), Number(r[^1])));
    }

    public decimal App(string name) => _root.GetProperty("app").GetProperty(name).GetDecimal();

    public decimal Usage(string name) => _root.GetProperty("app").GetProperty("usage").GetProperty(name).GetDecimal();

    /// <summary>Gets the number of samples of a metric in CloudWatch, over all its dimensions, and their sum.</summary>
    public (decimal Count, decimal Sum) Stored(string metric) => (_table[metric].Sum(s => s.Count), _table[metric].Sum(s => s.Sum));

    /// <summary>
    /// Asserts that what the worker did arrived in CloudWatch, by each of the ways it took, and that nothing is missing in the books.
    /// </summary>
    public void AssertEverythingArrived()
    {
        Assert.True(App("shipped") > 0 && App("refused") > 0, "A run without a parcel and a refusal proves nothing.");
        Assert.Equal(App("queued"), App("shipped") + App("setAside"));
        Assert.Equal((App("queued"), App("queued")), (Stored("QueueWait").Count, App("shipped") + Stored("ParcelsSetAside").Sum));
        Assert.Equal((App("shipped"), App("shipped")), Stored("ParcelsShipped"));
        Assert.Equal((App("shipped"), App("shippedKilograms")), Stored("ParcelWeight"));
        Assert.Equal((App("refused"), App("refused")), Stored("LabelsRefused"));
        AssertBalanced("metrics");
        Assert.Equal(AssertBalanced("logs"), Usage("logEvents"));
        Assert.Equal(App("shipped") + App("refused") + App("setAside"), Usage("logEvents"));
        Assert.Equal(_table.Sum(m => m.Count()), Usage("series"));
    }

    private long AssertBalanced(string signal)
    {
        JsonElement ledger = _root.GetProperty(signal);
        long accepted = ledger.GetProperty("accepted").GetInt64();
        Assert.Equal((accepted, 0), (ledger.GetProperty("delivered").GetInt64(), ledger.GetProperty("inFlight").GetInt64()));
        Assert.Empty(ledger.GetProperty("lost").EnumerateObject());
        return accepted;
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
