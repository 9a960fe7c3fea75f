using CloudObserve.Audit;
using CloudObserve.Audit.Events;
using CloudObserve.Audit.Insights;
using CloudObserve.Testing;
using CloudObserve.Tests.Audit.Trails;

namespace CloudObserve.Tests.Audit.Insights;

public sealed class InsightDetectorTests
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public void An_unusual_rate_begins_and_ends_with_one_id()
    {
        InsightDetector detector = WithBaseline(days: 7, everyMinutes: 1);

        AuditInsight start = Assert.Single(Minute(detector, 60));
        Assert.Empty(Minute(detector, 40));
        Assert.Empty(Enumerable.Range(0, 4).SelectMany(_ => Minute(detector, 1)));
        AuditInsight end = Assert.Single(Minute(detector, 1));

        Assert.Equal((AuditInsightState.Start, AuditInsightType.ApiCallRate, "shop", "Refund", null),
            (start.State, start.Type, start.EventSource, start.EventName, start.ErrorCode));
        Assert.Equal((60, 1, 10_080), (start.Average, Math.Round(start.BaselineAverage, 2), start.BaselineDuration.TotalMinutes));
        Assert.Equal((AuditInsightState.End, start.Id, 50, 2), (end.State, end.Id, end.Average, end.Duration.TotalMinutes));
        Assert.Equal(start.Time.AddMinutes(2), end.Time);
        Assert.Contains(new AuditInsightAttribution("userIdentityArn", "eve", false, 50), end.Attributions);
        Assert.Contains(new AuditInsightAttribution("errorCode", "null", false, 50), end.Attributions);
        Assert.Contains(end.Attributions, a => a is { Attribute: "userIdentityArn", Value: "ann", IsBaseline: true });
    }

    [Fact]
    public void A_clock_that_is_set_back_holds_up_no_minute_and_makes_no_rate_unusual()
    {
        InsightDetector detector = WithBaseline(days: 7, everyMinutes: 1);
        _time.Jump(TimeSpan.FromHours(-1));

        Assert.Empty(Enumerable.Range(0, 90).SelectMany(_ => Minute(detector, 1)));
        Assert.Equal(AuditInsightState.Start, Assert.Single(Minute(detector, 60)).State);

        _time.Jump(TimeSpan.FromHours(-1));
        Assert.Equal(AuditInsightState.End, Assert.Single(Enumerable.Range(0, 10).SelectMany(_ => Minute(detector, 1))).State);
    }

    [Fact]
    public void Without_a_baseline_there_is_no_alarm()
    {
        Assert.Empty(Minute(new InsightDetector(_time), 1000));
        Assert.Empty(Minute(WithBaseline(days: 0.9, everyMinutes: 1), 1000));
        Assert.Empty(Minute(WithBaseline(days: 7, everyMinutes: 1), 1000, name: "NeverSeen"));
    }

    [Fact]
    public void What_comes_in_bursts_is_usual()
    {
        InsightDetector detector = new(_time);
        DateTimeOffset now = _time.GetUtcNow();
        for (int i = 0; i < 6 * 100; i++)
        {
            detector.Learn(Sample(now.AddDays(-6 + (i / 100)), "ann", "Refund", null));
        }

        Assert.Empty(Minute(detector, 100));
        Assert.Single(Minute(detector, 300));
    }

    [Fact]
    public void Errors_are_compared_by_their_code_and_reads_count_only_as_errors()
    {
        InsightDetector detector = WithBaseline(days: 3, everyMinutes: 60, error: "Declined", isWrite: false);

        Assert.Empty(Minute(detector, 100, isWrite: false));
        Assert.Empty(Minute(detector, 100, error: "Other", isWrite: false));
        AuditInsight start = Assert.Single(Minute(detector, 100, error: "Declined", isWrite: false));
        Assert.Equal((AuditInsightType.ApiErrorRate, "Declined"), (start.Type, start.ErrorCode));
    }

    [Fact]
    public void What_lasts_for_a_day_is_usual_from_then_on()
    {
        InsightDetector detector = WithBaseline(days: 7, everyMinutes: 1);

        AuditInsight[] found = [.. Enumerable.Range(0, 2 * 24 * 60).SelectMany(_ => Minute(detector, 20))];

        Assert.Equal([AuditInsightState.Start, AuditInsightState.End], found.Select(i => i.State));
    }

    [Fact]
    public void A_start_that_nobody_asked_for_in_time_is_not_lost()
    {
        InsightDetector detector = WithBaseline(days: 7, everyMinutes: 1);
        Observe(detector, 60, "Refund", null, true);
        _time.Advance(TimeSpan.FromHours(3));

        Assert.Equal([AuditInsightState.Start, AuditInsightState.End], detector.Advance().Select(i => i.State));
    }

    [Fact]
    public void Memory_is_bounded_by_what_is_watched()
    {
        InsightDetector detector = new(_time);
        for (int i = 0; i < InsightLimits.MaxSeries + 5; i++)
        {
            detector.Observe(Sample(_time.GetUtcNow(), "ann", $"Event{i}", null));
        }

        Assert.Equal(5, detector.Unwatched);
    }

    [Fact]
    public void A_record_has_CloudTrails_members()
    {
        InsightDetector detector = WithBaseline(days: 7, everyMinutes: 1);

        AuditEvent made = InsightRecord.Of(Minute(detector, 60).Single());

        Assert.Equal(("AwsCloudTrailInsight", AuditEventCategory.Insight), (made.EventType, made.EventCategory));
        using MemoryStream bytes = new();
        using (System.Text.Json.Utf8JsonWriter json = new(bytes))
        {
            AuditDataBudget budget = new(json, RecordLimits.MaxElementsBytes);
            made.InsightDetails!.WriteTo(json, ref budget);
        }

        System.Text.Json.JsonElement details = System.Text.Json.JsonDocument.Parse(bytes.ToArray()).RootElement;
        Assert.Equal(("Start", "ApiCallRateInsight"),
            (details.GetProperty("state").GetString(), details.GetProperty("insightType").GetString()));
        System.Text.Json.JsonElement context = details.GetProperty("insightContext");
        Assert.Equal(60, context.GetProperty("statistics").GetProperty("insight").GetProperty("average").GetDouble());
        Assert.Equal(10_080, context.GetProperty("statistics").GetProperty("baselineDuration").GetInt64());
        Assert.Equal(["userIdentityArn", "userAgent", "errorCode"], context.GetProperty("attributions").EnumerateArray()
            .Select(a => a.GetProperty("attribute").GetString()));
    }

    [Fact]
    public async Task The_baseline_comes_back_from_the_trails_history()
    {
        using TestTrail trail = new() { Now = _time.GetUtcNow().AddDays(-3) };
        for (int i = 0; i < 30; i++)
        {
            _ = trail.Record("Refund");
            trail.Now += TimeSpan.FromHours(2);
            _ = i % 10 == 9 && i < 29 ? trail.Seal() : "";
        }

        InsightDetector detector = new(_time);
        await InsightHistory.LearnAsync(detector, trail.Root, _time.GetUtcNow(), default);

        AuditInsight start = Assert.Single(Minute(detector, 60));
        Assert.Equal(30 / start.BaselineDuration.TotalMinutes, start.BaselineAverage, 6);
        Assert.InRange(start.BaselineDuration.TotalDays, 2.9, 3.1);
    }

    private static InsightSample Sample(DateTimeOffset time, string user, string name, string? error, bool isWrite = true) =>
        new(time, "shop", name, error, user, "agent", isWrite);

    private InsightDetector WithBaseline(double days, int everyMinutes, string? error = null, bool isWrite = true)
    {
        InsightDetector detector = new(_time);
        DateTimeOffset now = _time.GetUtcNow();
        for (int minutes = (int)(days * 24 * 60); minutes > 0; minutes -= everyMinutes)
        {
            detector.Learn(Sample(now.AddMinutes(-minutes), "ann", "Refund", error, isWrite));
        }

        return detector;
    }

    private IReadOnlyList<AuditInsight> Minute(
        InsightDetector detector, int count, string name = "Refund", string? error = null, bool isWrite = true)
    {
        Observe(detector, count, name, error, isWrite);
        _time.Advance(TimeSpan.FromMinutes(1));
        return detector.Advance();
    }

    private void Observe(InsightDetector detector, int count, string name, string? error, bool isWrite)
    {
        for (int i = 0; i < count; i++)
        {
            detector.Observe(Sample(_time.GetUtcNow(), "eve", name, error, isWrite));
        }
    }
}
