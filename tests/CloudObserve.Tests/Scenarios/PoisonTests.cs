using CloudObserve.Delivery;

namespace CloudObserve.Tests.Scenarios;

/// <summary>One item that the service will never take, among as many as one request holds.</summary>
public sealed class PoisonTests
{
    [Fact]
    public async Task One_invalid_event_among_ten_thousand_is_lost_alone_and_named()
    {
        await using LoggingApp app = await LoggingApp.StartAsync();
        app.Aws.CreateLogGroup(LoggingApp.Group, "one");
        app.Aws.PoisonLogEvent = e => e.Message == "event 007777";
        app.Log(0, 10_000);
        Assert.True((await app.FlushAsync()).Completed);

        Assert.Equal(9_999, app.Messages.Distinct().Count());
        Assert.Equal((10_000, 9_999, 1L, 0),
            (app.Books.Accepted, app.Books.Delivered, app.Books.Lost[LossReason.Rejected], app.Books.InFlight));
        Assert.Contains(app.Notices.Messages, m => m.Contains("1 logs lost", StringComparison.Ordinal)
            && m.Contains("event 007777", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_invalid_datum_among_a_thousand_is_lost_alone_and_named()
    {
        await using LoggingApp app = await LoggingApp.StartAsync();
        app.Aws.Poison = d => d.MetricName == "Metric777";
        for (int i = 0; i < 1000; i++)
        {
            app.Metrics.Put($"Metric{i:D3}", i);
            app.Metrics.Put($"Metric{i:D3}", i);
        }

        Assert.True((await app.FlushAsync()).Completed);

        LedgerSnapshot books = app.BooksOf("metrics");
        Assert.Equal(999, app.Aws.Series.Count);
        Assert.Equal((2000, 1998, 2L, 0), (books.Accepted, books.Delivered, books.Lost[LossReason.Rejected], books.InFlight));
        Assert.Contains(app.Notices.Messages, m => m.Contains("2 metrics lost", StringComparison.Ordinal)
            && m.Contains("Metric777", StringComparison.Ordinal));
    }
}
