using System.Diagnostics;
using System.Text.Json;
using CloudObserve.Integration.Tests.Moto;

namespace CloudObserve.Integration.Tests.Storefront;

public sealed class EmbeddedMetricFormatTests(MotoServer moto) : IClassFixture<MotoServer>
{
    private const string Target = "--CloudObserve:Metrics:EmbeddedMetricFormat:Target";

    [Fact]
    public async Task A_shop_that_publishes_through_log_events_shows_the_same_table()
    {
        using StorefrontProcess shop = StorefrontProcess.Start([], "--duration", "5", "--rate", "50", $"{Target}=Logs");
        StorefrontReport report = await shop.ReportAsync();

        report.AssertNothingIsMissing();
        report.AssertPublishedAs(PrintedTable.Read(shop.Output));
        Assert.Contains("last error events", shop.Output);
    }

    [MotoFact]
    public async Task Another_client_finds_in_the_log_group_every_sample_that_was_published_through_it()
    {
        const string Options = "--CloudObserve:Metrics:EmbeddedMetricFormat";
        using StorefrontProcess shop = StorefrontProcess.Start(
            moto.ClientEnvironment, "--duration", "6", "--rate", "50", "--CloudObserve:Destination=Aws", $"{Options}:LogGroup=/moto/shop",
            $"{Options}:LogStream=metrics");
        StorefrontReport report = await shop.ReportAsync();
        using JsonDocument events =
            await moto.LogsAsync("GetLogEvents", new { logGroupName = "/moto/shop", logStreamName = "metrics", startFromHead = true });
        Dictionary<SeriesName, SeriesTotals> found = PrintedDocuments.Read(
            events.RootElement.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("message").GetString()!));

        report.AssertNothingIsMissing();
        report.AssertPublishedAs(found);
        Assert.Equal(report.Delivered, found.Values.Sum(s => s.Count));
    }

    [Fact]
    public async Task A_shop_that_publishes_to_standard_output_has_every_sample_in_a_line_of_its_own()
    {
        using StorefrontProcess shop = StorefrontProcess.Start(
            [], "--duration", "6", "--rate", "50", $"{Target}=StandardOutput", "--CloudObserve:Metrics:PublishInterval=00:00:01");
        StorefrontReport report = await shop.ReportAsync();
        Dictionary<SeriesName, SeriesTotals> found = PrintedDocuments.Read(shop.Output);

        report.AssertNothingIsMissing();
        report.AssertPublishedAs(found);
        Assert.Equal(report.Delivered, found.Values.Sum(s => s.Count));
    }

    [PosixFact]
    public async Task A_shop_whose_output_nobody_reads_any_more_goes_on_and_says_what_it_lost()
    {
        ProcessStartInfo start = new(
            "sh", ["-c", "\"$0\" \"$@\" | head -n 1", .. StorefrontProcess.Command, "--duration", "6", "--rate", "30",
                $"{Target}=StandardOutput"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process shell = Process.Start(start)!;
        Task<string> errors = shell.StandardError.ReadToEndAsync();
        _ = await shell.StandardOutput.ReadToEndAsync();
        string said = await errors.WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Contains("Stopped with metrics lost", said, StringComparison.Ordinal);
        Assert.Contains("OutputBroken", said, StringComparison.Ordinal);
        Assert.Contains("Stopped with all logs delivered", said, StringComparison.Ordinal);
    }
}
