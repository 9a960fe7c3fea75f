using System.Text;
using CloudObserve.Insights;
using CloudObserve.Monitoring.Tests.Expressions;

namespace CloudObserve.Monitoring.Tests.Insights;

public sealed class InsightsRobustnessTests
{
    private static readonly string[] Valid =
    [
        "filter lvl = \"ERROR\" and ms > 100 | stats count(*) as n, pct(ms, 99) by bin(5m), user | sort n desc | limit 5",
        "parse @message \"user=* took * ms\" as u, t | filter t like /^[0-9]+$/ | dedup u",
        "fields jsonParse(@message).a[0] as j, concat(a, 'b', 1.5e3) as c | unnest j into v | filldown m* | accum v as r",
        "stats count(*) as n by bin(1h) as b | fillmissing with 0 for n | addtotals row=true col=true fieldname=t",
        "filter a in (SOURCE \"g\" | fields a) | join type=left left=l right=r where l.a=r.b (SOURCE 'g') | sessionize a maxspan 5m",
        "parse /(?<x>[a-z]+)(?P<y>\\d*)/ multi | outlier y param=1.5 action=transform | autoregress y p=1-3",
    ];

    private static int Cases => Environment.GetEnvironmentVariable("CLOUDOBSERVE_LONG") == "1" ? 100_000 : 3_000;

    [Fact]
    public void Any_text_is_a_query_or_an_error_with_a_position()
    {
        foreach (string text in Mutations.Of(Cases, seed: 7, Valid))
        {
            if (!InsightsQuery.TryParse(text, out _, out InsightsQueryError? error))
            {
                Assert.InRange(error.Position, 0, text.Length);
                Assert.NotEmpty(error.ToString());
            }
        }
    }

    [Fact]
    public void Any_bytes_are_events()
    {
        Random random = new(3);
        byte[][] messages = [.. Enumerable.Range(0, 300).Select(i => Message(random, i))];
        ListedEvents events = new([.. messages.Select((message, i) =>
            new ListedEvents.Event($"{i}", ListedEvents.Start.AddSeconds(i), message))]);

        foreach (string query in Valid)
        {
            _ = InsightsQuery.Parse(query).Execute(events);
        }

        InsightsQueryResult counted = InsightsQuery.Parse("stats count(*) as n, count(a.b) as f, count_distinct(@message) as d")
            .Execute(events);
        Assert.Equal("300", counted.Rows[0]["n"]);
    }

    [Fact]
    public void An_event_of_a_megabyte_has_its_fields()
    {
        string large = $$"""{"pad":"{{new string('x', 1_000_000)}}","lvl":"ERROR"}""";

        InsightsQueryResult result = InsightsQuery.Parse("filter lvl = 'ERROR' | fields strlen(pad) as n").Execute(ListedEvents.Of(large));

        Assert.Equal("1000000", Assert.Single(result.Rows)["n"]);
    }

    [Fact]
    public void Fields_beyond_the_first_200_are_not_extracted()
    {
        string message = $"{{{string.Join(',', Enumerable.Range(0, 201).Select(static i => $"\"f{i}\":{i}"))}}}";

        InsightsQueryResult result = InsightsQuery.Parse("fields f199, f200").Execute(ListedEvents.Of(message));

        Assert.Equal(["199", null], result.Rows[0]);
    }

    [Theory]
    [InlineData("earliest(t)")]
    [InlineData("latest(t)")]
    [InlineData("min(t)")]
    [InlineData("max(t)")]
    [InlineData("sortsFirst(t)")]
    [InlineData("sortsLast(t)")]
    public void The_values_that_groups_keep_count_as_memory_and_replaced_ones_do_not(string aggregate)
    {
        ListedEvents events = ListedEvents.Of(
            [.. Enumerable.Range(0, 300).Select(static i => $$"""{"k":"{{i}}","t":"{{i % 7}}{{new string('x', 10_000)}}"}""")]);
        InsightsQueryOptions small = new() { MaxMemoryBytes = 1_000_000, MaxDegreeOfParallelism = 3 };

        Assert.Single(InsightsQuery.Parse($"stats {aggregate} as v").Execute(events, small).Rows);
        InsightsQueryException refused = Assert.Throws<InsightsQueryException>(
            () => InsightsQuery.Parse($"stats {aggregate} as v by k").Execute(events, small));
        Assert.Contains("for its values", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_that_needs_too_much_memory_is_refused()
    {
        ListedEvents events = ListedEvents.Of([.. Enumerable.Range(0, 10_000).Select(static i => $$"""{"id":"{{i}}"}""")]);
        InsightsQueryOptions small = new() { MaxMemoryBytes = 500_000 };

        foreach (string query in (string[])["stats count(*) by id", "dedup id", "stats count_distinct(id)", "filldown id"])
        {
            InsightsQueryException refused = Assert.Throws<InsightsQueryException>(() => InsightsQuery.Parse(query).Execute(events, small));
            Assert.Contains("500000 bytes", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(10, InsightsQuery.Parse("fields id | limit 10").Execute(events, small).Rows.Count);
    }

    [Fact]
    public void A_canceled_query_ends()
    {
        using CancellationTokenSource canceled = new();
        canceled.Cancel();
        ListedEvents events = ListedEvents.Of([.. Enumerable.Repeat("a", 10_000)]);

        _ = Assert.ThrowsAny<OperationCanceledException>(() => InsightsQuery.Parse("stats count(*)").Execute(events, null, canceled.Token));
        Assert.InRange(events.Read, 0, 1_000);
    }

    [Fact]
    public void A_limit_ends_the_reading_of_a_source_whose_newest_events_come_first()
    {
        ListedEvents events = new([.. Enumerable.Range(0, 1_000)
            .Select(static i => new ListedEvents.Event($"{i}", ListedEvents.Start.AddSeconds(-i), Encoding.UTF8.GetBytes($"n={i}")))]);

        InsightsQueryResult result = InsightsQuery.Parse("filter @message like /[05]$/ | limit 3").Execute(events);

        Assert.Equal(["0", "5", "10"], result.Rows.Select(static row => row.LogRecordPointer));
        Assert.Equal(11, events.Read);
    }

    [Fact]
    public void Percentiles_of_many_numbers_are_within_a_quarter_of_a_percent()
    {
        ListedEvents events = ListedEvents.Of([.. Enumerable.Range(1, 9_999).Select(static i => $$"""{"ms":{{i}}}""")]);

        InsightsRow row = InsightsQuery.Parse("stats pct(ms, 50) as a, pct(ms, 99) as b, pct(ms, 100) as c").Execute(events).Rows[0];

        Assert.InRange(double.Parse(row["a"]!, System.Globalization.CultureInfo.InvariantCulture), 4_987, 5_013);
        Assert.InRange(double.Parse(row["b"]!, System.Globalization.CultureInfo.InvariantCulture), 9_874, 9_925);
        Assert.Equal("9999", row["c"]);
    }

    private static byte[] Message(Random random, int index)
    {
        byte[] noise = new byte[random.Next(60)];
        random.NextBytes(noise);
        return (index % 3) switch
        {
            0 => noise,
            1 => Encoding.UTF8.GetBytes($"{{\"a\":{{\"b\":{index}}},\"user\":\"\\uD800\",\"ms\":1e{index}}}"),
            _ => [.. "{\"a\":[{\"lvl\":\""u8, .. noise],
        };
    }
}
