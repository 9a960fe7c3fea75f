using CloudObserve.Delivery;
using CloudObserve.S3.Tests;
using CloudObserve.Sinks.CloudWatch;
using CloudObserve.Tests.Contracts;

namespace CloudObserve.Tests.Sinks.CloudWatch;

/// <summary>A server that answers with 100 MB costs the memory of a small answer.</summary>
[Collection(AloneGroup.Name)]
public sealed class FloodedAnswerTests
{
    private const int Calls = 10;

    // The limit of an answer is 64 KiB; a call takes that a few times, for buffer, copy and text. The SDK and the sockets take the rest.
    private const long MaxBytesPerCall = 2 * 1024 * 1024;

    [Theory]
    [InlineData(400, false, """{"__type":"ThrottlingException","message":"slow """, ErrorClass.Throttled)]
    [InlineData(403, false, """{"message":"no """, ErrorClass.Unauthorized)]
    [InlineData(503, false, "<html>", ErrorClass.Unavailable)]
    [InlineData(403, true, """{"__type":"AccessDeniedException","message":"no """, ErrorClass.Unauthorized)]
    [InlineData(200, false, "{\"x\":\"", ErrorClass.None)]
    [InlineData(200, true, "{\"x\":\"", ErrorClass.None)]
    public async Task An_answer_of_100_MB_is_read_up_to_the_limit(int status, bool gzip, string opening, ErrorClass expected)
    {
        await using FloodServer server = new(status, "application/x-amz-json-1.0", gzip, opening);
        using CloudWatchSink sink = new(Aws.OptionsFor(server.Url), TimeProvider.System, new SinkEvents());
        SendResult result = await SendAsync(sink, MetricBatch.Of(MetricBatch.Datum()));

        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Calls; i++)
        {
            Assert.Equal(expected, (await SendAsync(sink, MetricBatch.Of(MetricBatch.Datum()))).Error);
        }

        long perCall = (GC.GetTotalAllocatedBytes(precise: true) - before) / Calls;
        Assert.Equal(expected, result.Error);
        Assert.Equal(Calls + 1, server.Requests);
        Assert.True(perCall < MaxBytesPerCall, $"{perCall:N0} bytes a call");
    }

    [Fact]
    public async Task A_flood_in_place_of_what_CloudWatch_Logs_says_is_an_answer_that_cannot_be_read()
    {
        await using FloodServer server = new(200, "application/x-amz-json-1.1", gzip: false, "{\"x\":\"");
        using CloudWatchSink sink = new(Aws.OptionsFor(server.Url), TimeProvider.System, new SinkEvents());
        long before = GC.GetTotalAllocatedBytes(precise: true);
        SendResult result = await SendAsync(sink, LogBatch.Of(LogBatch.Event(DateTimeOffset.UnixEpoch)));

        Assert.Equal((ErrorClass.Ambiguous, "UnreadableAnswer"), (result.Error, result.Code));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 8 * MaxBytesPerCall);
    }

    private static async Task<SendResult> SendAsync(CloudWatchSink sink, Batch batch)
    {
        using (batch)
        {
            return await sink.SendAsync(batch, CancellationToken.None);
        }
    }
}
