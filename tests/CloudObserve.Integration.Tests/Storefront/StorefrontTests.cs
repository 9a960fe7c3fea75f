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

    [MotoFact]
    public async Task Another_client_finds_in_CloudWatch_exactly_what_the_shop_says_it_published()
    {
        using StorefrontProcess shop = StorefrontProcess.Start(
            moto.ClientEnvironment, "--duration", "8", "--rate", "50", "--CloudObserve:Destination=Aws", "--CloudObserve:Metrics:PublishInterval=00:00:02");
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
