using CloudObserve.Integration.Tests.Moto;

namespace CloudObserve.Integration.Tests.Storefront;

public sealed class StorefrontTests(MotoServer moto) : IClassFixture<MotoServer>
{
    [Fact]
    public async Task A_shop_on_the_embedded_CloudWatch_delivers_every_sample_and_shows_it()
    {
        using StorefrontProcess shop = StorefrontProcess.Start([], "--duration", "5", "--rate", "50");
        StorefrontReport report = await shop.ReportAsync();

        report.AssertNothingIsMissing();
        report.AssertPublishedAs(PrintedTable.Read(shop.Output));
    }

    [Fact]
    public async Task What_filters_count_in_the_logs_agrees_with_what_the_shop_counts_itself()
    {
        using StorefrontProcess shop = StorefrontProcess.Start([], "--duration", "5", "--rate", "200");
        StorefrontReport report = await shop.ReportAsync();

        const string FromLogs = "FromLogs";
        Dictionary<SeriesName, SeriesTotals> table = PrintedTable.Read(shop.Output);
        Dictionary<SeriesName, SeriesTotals> filtered = table.Where(s => s.Key.Metric.EndsWith(FromLogs, StringComparison.Ordinal))
            .ToDictionary(s => s.Key with { Metric = s.Key.Metric[..^FromLogs.Length] }, s => s.Value);
        Assert.Equal(["CheckoutLatency", "PaymentFailures"], filtered.Keys.Select(s => s.Metric).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(table.Where(s => filtered.Keys.Any(f => f.Metric == s.Key.Metric))
            .OrderBy(s => s.Key.ToString()), filtered.OrderBy(s => s.Key.ToString()));
        Assert.Equal(report.App("orders"), filtered.Where(s => s.Key.Metric == "CheckoutLatency").Sum(s => s.Value.Count));
        Assert.Equal(report.App("paymentsFailed"), filtered.Where(s => s.Key.Metric == "PaymentFailures").Sum(s => s.Value.Count));
        Assert.True(report.App("paymentsFailed") > 0, "A run without a failed payment proves nothing.");
    }

    [MotoFact]
    public async Task Another_client_finds_in_CloudWatch_exactly_what_the_shop_says_it_published()
    {
        using StorefrontProcess shop = StorefrontProcess.Start(
            moto.ClientEnvironment, "--duration", "8", "--rate", "50", "--CloudObserve:Destination=Aws",
            "--CloudObserve:Metrics:PublishInterval=00:00:02");
        StorefrontReport report = await shop.ReportAsync();
        Dictionary<SeriesName, SeriesTotals> found = await new MotoMetrics(moto, "Storefront").ReadAsync();

        report.AssertNothingIsMissing();
        report.AssertPublishedAs(found);
        Assert.Equal(report.Delivered, found.Values.Sum(s => s.Count));
        Assert.Contains(found.Keys, s => s.Metric == "storefront.checkout.duration");
        Assert.Contains(found.Keys, s => s.Metric == "http.server.request.duration");
    }

    [PosixFact]
    public async Task A_shop_that_is_told_to_stop_loses_nothing()
    {
        using StorefrontProcess shop = StorefrontProcess.Start([], "--rate", "100");
        await shop.TablePrintedAsync();
        await shop.TerminateAsync();

        StorefrontReport report = await shop.ReportAsync();
        report.AssertNothingIsMissing();
        report.AssertPublishedAs(PrintedTable.Read(shop.Output));
    }
}
