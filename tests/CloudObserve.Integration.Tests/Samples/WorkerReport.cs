using System.Text.Json;

namespace CloudObserve.Integration.Tests.Samples;

/// <summary>The last line that the worker prints, read as an outside script would.</summary>
internal sealed class WorkerReport
{
    private const string Prefix = "report: ";

    private readonly JsonElement _root;

    internal WorkerReport(string line)
    {
        Assert.StartsWith(Prefix, line, StringComparison.Ordinal);
        _root = JsonDocument.Parse(line[Prefix.Length..]).RootElement;
    }

    public decimal App(string name) => _root.GetProperty("app").GetProperty(name).GetDecimal();

    public decimal Usage(string name) => _root.GetProperty("app").GetProperty("usage").GetProperty(name).GetDecimal();

    /// <summary>Gets the number of samples of a metric in CloudWatch, over all its dimensions, and their sum.</summary>
    public (decimal Count, decimal Sum) Stored(string metric)
    {
        JsonElement[] series =
            [.. _root.GetProperty("app").GetProperty("stored").EnumerateArray().Where(s => s.GetProperty("metric").GetString() == metric)];
        return (series.Sum(s => s.GetProperty("count").GetDecimal()), series.Sum(s => s.GetProperty("sum").GetDecimal()));
    }

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
    }

    private long AssertBalanced(string signal)
    {
        JsonElement ledger = _root.GetProperty(signal);
        long accepted = ledger.GetProperty("accepted").GetInt64();
        Assert.Equal((accepted, 0), (ledger.GetProperty("delivered").GetInt64(), ledger.GetProperty("inFlight").GetInt64()));
        Assert.Empty(ledger.GetProperty("lost").EnumerateObject());
        return accepted;
    }
}
