using CloudObserve.Delivery;

namespace CloudObserve.Tests.Contracts;

/// <summary>The contract of every <see cref="IBatchSink"/> for PutMetricData batches. Derive a test class from it for each sink.</summary>
public abstract class BatchSinkContract : SinkContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> Refused => new()
    {
        { "Contract", MetricBatch.Values(151) },
        { "Contract", MetricBatch.Datum(more: """, "Dimensions":[{"Name":"Tier","Value":""}]""") },
        { "Contract", MetricBatch.Datum(more: """, "Dimensions":[{"Name":"Tier","Value":"   "}]""") },
        { "Contract", MetricBatch.Datum(more: """, "Dimensions":[{"Name":":Tier","Value":"a"}]""") },
        { "Contract", MetricBatch.Datum(
            more: $", \"Dimensions\":[{string.Join(',', Enumerable.Range(0, 31).Select(i => $"{{\"Name\":\"D{i}\",\"Value\":\"v\"}}"))}]") },
        { "Contract", MetricBatch.Datum(name: "") },
        { "Contract", MetricBatch.Datum(name: new string('n', 256)) },
        { "Contract", MetricBatch.Datum(more: """, "Unit":"Minutes" """) },
        { "Contract", MetricBatch.Datum(more: """, "StorageResolution":7""") },
        { "Contract", MetricBatch.Datum(more: """, "Values":[1]""") },
        { "Contract", MetricBatch.Datum(3e108) },
        { "Contract", """{"MetricName":"Orders"}""" },
        { "Contract", """{"MetricName":"Orders","Values":[1,2],"Counts":[1]}""" },
        { "Contract", """{"MetricName":"Orders","StatisticValues":{"SampleCount":1,"Sum":1,"Minimum":1}}""" },
        { "Contract", """{"MetricName":"Orders","StatisticValues":{"SampleCount":0,"Sum":1,"Minimum":1,"Maximum":1}}""" },
        { "Contract", """{"MetricName":"Orders","StatisticValues":{"SampleCount":2,"Sum":3,"Minimum":2,"Maximum":1}}""" },
        { "Contract", """{"MetricName":"Orders","Values":[1],"Counts":[-1]}""" },
        { "Contract", """{"MetricName":"Orders","Counts":[1]}""" },
        { "Contract", MetricBatch.Datum(more: """, "Dimensions":[{"Name":"Tier","Value":"a"},{"Name":"Tier","Value":"b"}]""") },
        { "AWS/Contract", MetricBatch.Datum() },
        { " ", MetricBatch.Datum() },
    };

    [Fact]
    public async Task A_valid_batch_arrives_whole()
    {
        string dimensions = """, "Unit":"Count","StorageResolution":1,"Dimensions":[{"Name":"Region","Value":"eu"}]"""
            + MetricBatch.At(Clock.GetUtcNow());
        await Arrives(MetricBatch.Of(
            MetricBatch.Datum(2.5, more: dimensions),
            """{"MetricName":"Orders","Values":[1,10],"Counts":[3,2]}""",
            """{"MetricName":"Orders","StatisticValues":{"SampleCount":4,"Sum":10,"Minimum":1,"Maximum":4}}"""));

        Assert.Equal((10, 35.5), AcceptedSamples());
    }

    [Fact]
    public async Task The_limits_themselves_are_allowed()
    {
        await Arrives(MetricBatch.Of(MetricBatch.Values(150)));
        await Arrives(MetricBatch.Of([.. Enumerable.Repeat(MetricBatch.Datum(), 1000)]));
        await Arrives(MetricBatch.Of(MetricBatch.Datum(more: MetricBatch.At(Clock.GetUtcNow().AddDays(-14)))));
        await Arrives(MetricBatch.Of(MetricBatch.Datum(more: MetricBatch.At(Clock.GetUtcNow().AddHours(2)))));
        await Arrives(MetricBatch.Of(
            MetricBatch.Datum(more: $", \"Dimensions\":[{{\"Name\":\"Tier\",\"Value\":\"{new string('v', 1024)}\"}}]")));

        Assert.Equal(150 + 1000 + 1 + 1 + 1, AcceptedSamples().Count);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Content_that_breaks_a_rule_is_invalid(string @namespace, string datum)
    {
        await IsInvalid(MetricBatch.In(@namespace, datum));
    }

    [Fact]
    public async Task A_timestamp_more_than_two_weeks_old_is_invalid()
    {
        await IsInvalid(MetricBatch.Of(MetricBatch.Datum(more: MetricBatch.At(Clock.GetUtcNow().AddDays(-14).AddSeconds(-1)))));
    }

    [Fact]
    public async Task A_timestamp_more_than_two_hours_ahead_is_invalid()
    {
        await IsInvalid(MetricBatch.Of(MetricBatch.Datum(more: MetricBatch.At(Clock.GetUtcNow().AddHours(2).AddSeconds(1)))));
    }

    [Fact]
    public async Task More_than_a_thousand_datums_are_invalid()
    {
        await IsInvalid(MetricBatch.Of([.. Enumerable.Repeat(MetricBatch.Datum(), 1001)]));
    }

    [Fact]
    public async Task One_bad_datum_keeps_all_others_out()
    {
        await IsInvalid(MetricBatch.Of(MetricBatch.Datum(1), MetricBatch.Datum(2), MetricBatch.Values(151)));
    }

    [Fact]
    public async Task Halving_finds_the_datum_at_fault_and_delivers_the_rest()
    {
        string[] datums = [.. Enumerable.Range(1, 8).Select(i => i == 6 ? MetricBatch.Values(151) : MetricBatch.Datum(i))];
        using Batch whole = MetricBatch.Of(datums);
        List<ErrorClass> answers = [];
        foreach ((int start, int count) in new[] { (0, 8), (0, 4), (4, 4), (4, 2), (6, 2), (4, 1), (5, 1) })
        {
            using Batch part = whole.Slice(start, count);
            answers.Add((await Sink.SendAsync(part, CancellationToken.None)).Error);
        }

        Assert.Equal(
            [ErrorClass.Invalid, ErrorClass.None, ErrorClass.Invalid, ErrorClass.Invalid, ErrorClass.None, ErrorClass.None,
                ErrorClass.Invalid],
            answers);
        Assert.Equal((7, 1 + 2 + 3 + 4 + 5 + 7 + 8), AcceptedSamples());
    }

    [Fact]
    public async Task Concurrent_calls_neither_lose_nor_mix_batches()
    {
        const int Senders = 8;
        const int EachSends = 25;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            for (int i = 0; i < EachSends; i++)
            {
                await Arrives(MetricBatch.Of(MetricBatch.Datum(sender), MetricBatch.Datum(i)));
            }
        }))).WaitAsync(Patience);

        int sumOfSenders = Enumerable.Range(0, Senders).Sum() * EachSends;
        int sumOfRounds = Enumerable.Range(0, EachSends).Sum() * Senders;
        Assert.Equal((Senders * EachSends * 2, sumOfSenders + sumOfRounds), AcceptedSamples());
    }

    [Fact]
    public async Task An_attempt_that_is_cancelled_beforehand_delivers_nothing()
    {
        using Batch batch = MetricBatch.Of(MetricBatch.Datum());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Sink.SendAsync(batch, new CancellationToken(canceled: true)).AsTask());

        Assert.Equal((0, 0), AcceptedSamples());
    }

    /// <summary>Makes the sink under test. It judges timestamps by this clock.</summary>
    private protected abstract IBatchSink CreateSink(TimeProvider time);

    private protected sealed override IBatchSink CreateSink() => CreateSink(Clock);

    /// <summary>Reads back what arrived where the sink delivers to: how many samples, and their sum.</summary>
    private protected abstract (double Count, double Sum) AcceptedSamples();

    private async Task IsInvalid(Batch batch)
    {
        using (batch)
        {
            SendResult result = await Sink.SendAsync(batch, CancellationToken.None);
            Assert.True(result.Error == ErrorClass.Invalid, result.ToString());
            Assert.NotEmpty(result.Code);
            Assert.NotEmpty(result.Message);
        }

        Assert.Equal((0, 0), AcceptedSamples());
    }
}
