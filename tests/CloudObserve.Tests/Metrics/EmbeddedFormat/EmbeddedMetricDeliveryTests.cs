using System.Text;
using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Hosting;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Metrics;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Metrics.EmbeddedFormat;

public sealed class EmbeddedMetricDeliveryTests
{
    private const int Regions = 37;

    private readonly RecordingEvents _events = new();
    private readonly ManualTimeProvider _time = new(MetricsFixture.Start);

    [Fact]
    public async Task A_refused_batch_is_halved_down_to_the_document_at_fault()
    {
        ScriptedSink sink = new((batch, _) => Text(batch).Contains("region 17", StringComparison.Ordinal)
            ? SendResult.Failed(ErrorClass.Invalid, "InvalidParameterException", "no")
            : SendResult.Delivered());
        LedgerSnapshot books = await PutAsync(sink);

        // Each region has two samples, and a document of its own.
        Assert.Equal((2 * Regions, 2 * (Regions - 1), 0), (books.Accepted, books.Delivered, books.InFlight));
        Assert.Equal([new(LossReason.Rejected, 2)], books.Lost);
        Assert.Equal(Regions - 1, sink.Taken.Length);
        Assert.NotEmpty(_events.Splits);
    }

    [Fact]
    public async Task What_the_service_drops_counts_for_its_samples()
    {
        ScriptedSink sink = new((batch, _) => SendResult.PartlyDelivered([new RejectedItems(0, 3, LossReason.TooOld)]));
        LedgerSnapshot books = await PutAsync(sink);

        Assert.Equal((2 * Regions, 6, 0), (books.Accepted, books.Lost[LossReason.TooOld], books.InFlight));
    }

    private async Task<LedgerSnapshot> PutAsync(ScriptedSink sink)
    {
        CloudObserveOptions options = new();
        _ = options.Metrics.UseEmbeddedMetricFormat();
        MetricsComposition composition =
            MetricsComposition.Create(options, new LogIdentity("app", "Test", "host", "one", "process"), new(sink), _events, _time, 0);
        composition.Signal.Start();
        for (int i = 0; i < Regions; i++)
        {
            composition.Publisher.Put("Orders", i, MetricUnit.Count, ("Region", $"region {i}"));
            composition.Publisher.Put("Value", i, MetricUnit.None, ("Region", $"region {i}"));
        }

        await composition.Signal.FlushAsync(CancellationToken.None);
        return composition.Signal.Ledger.Snapshot();
    }

    // Each part must still be a request, or the answer would not be about its events.
    private static string Text(Batch batch)
    {
        using JsonDocument body = JsonDocument.Parse(batch.Body);
        Assert.Equal(batch.ItemCount, body.RootElement.GetProperty("logEvents").GetArrayLength());
        return Encoding.UTF8.GetString(batch.Body.Span);
    }
}
