using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Testing;
using CloudObserve.Tests.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Pipeline.Delivery;

public sealed class LossLedgerTests
{
    /// <summary>Every way in which a loss can be booked.</summary>
    public enum Way
    {
        Lost,
        LostToMisuse,
        Refused,
        RefusedMisuse,
        RefusedOnHotPath,
    }

    [Fact]
    public void In_flight_is_what_was_accepted_and_is_neither_delivered_nor_lost()
    {
        LossLedger ledger = new("metrics", new RecordingEvents(), () => 40);
        ledger.Accept(60);
        ledger.Deliver(70);
        ledger.Lose(LossReason.Rejected, 5, "refused");
        ledger.RefuseMisuse(LossReason.InvalidValue, "Orders", "a rule");

        LedgerSnapshot books = ledger.Snapshot();

        Assert.Equal((101, 70, 6, 25), (books.Accepted, books.Delivered, books.TotalLost, books.InFlight));
        Assert.Equal(5, books.Lost[LossReason.Rejected]);
        Assert.Equal(1, books.Lost[LossReason.InvalidValue]);
        Assert.DoesNotContain(LossReason.BufferFull, books.Lost.Keys);
    }

    private static readonly LossReason[] Own = [new("Muted", isIntended: true), new("NoReceiver")];

    public static TheoryData<Way, string> AllWays()
    {
        TheoryData<Way, string> all = [];
        foreach (Way way in Enum.GetValues<Way>())
        {
            foreach (LossReason reason in LossReason.Common.Concat(Own))
            {
                all.Add(way, reason.Name);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(AllWays))]
    public async Task A_loss_for_any_reason_however_it_is_booked_reaches_health_the_log_and_the_latest_errors(Way way, string name)
    {
        LossReason reason = LossReason.Common.Concat(Own).Single(r => r.Name == name);
        using CollectingLogger logger = new();
        using DiagnosticEvents events = new(logger, null, new ManualTimeProvider());
        LossLedger ledger = new("logs", events, null, Own);
        Book(ledger, way, reason);
        ledger.TellRest();
        await events.WhenSaidAsync();

        Assert.Equal(1, ledger.Snapshot().Lost[reason]);
        if (reason.IsIntended && way is not (Way.LostToMisuse or Way.RefusedMisuse))
        {
            Assert.Equal(HealthStatus.Healthy, events.Health.Judge().Status);
            Assert.Empty(logger.Entries);
            Assert.Empty(events.LastErrors.List());
            return;
        }

        Assert.Equal(HealthStatus.Degraded, events.Health.Judge().Status);
        Assert.Contains($"{reason}", Assert.Single(events.Health.Judge().Reasons), StringComparison.Ordinal);
        Assert.Contains($"{reason}", Assert.Single(logger.At(LogLevel.Warning)), StringComparison.Ordinal);
        ReportedError told = Assert.Single(events.LastErrors.List());
        Assert.Equal((reason.ToString(), 1), (told.Reason, told.Count));
    }

    [Fact]
    public void No_method_of_the_ledger_books_a_loss_without_words_for_it()
    {
        string[] booking = [.. typeof(LossLedger)
            .GetMethods(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic
                | System.Reflection.BindingFlags.DeclaredOnly)
            .Where(m => Array.Exists(m.GetParameters(), p => p.ParameterType == typeof(LossReason)))
            .Select(m => $"{m.Name}: {string.Join(' ', m.GetParameters().Where(p => p.ParameterType == typeof(string)).Select(p => p.Name))}")
            .Order(StringComparer.Ordinal)];

        Assert.Equal(
            [
                "Lose: detail item", "LoseToMisuse: subject rule publicRule", "Refuse: detail", "RefuseMisuse: subject rule publicRule",
                "RefuseOnHotPath: detail",
            ],
            booking);
    }

    [Fact]
    public void What_sixteen_threads_lose_on_a_hot_path_is_told_to_the_last_one()
    {
        const int threads = 16, each = 20_000;
        RecordingEvents events = new();
        LossLedger ledger = new("logs", events);
        Thread[] all = [.. Enumerable.Range(0, threads).Select(t => new Thread(() =>
        {
            for (int i = 0; i < each; i++)
            {
                ledger.RefuseOnHotPath(t % 2 == 0 ? LossReason.BufferFull : LossReason.Closed, "detail");
            }
        }))];
        Array.ForEach(all, t => t.Start());
        Array.ForEach(all, t => t.Join());
        ledger.TellRest();

        // What another thread is telling at this moment is not told twice; it is there in the end.
        SpinWait.SpinUntil(() => events.Losses.Sum(l => l.Count) == threads * each, LoopFixture.Safety);
        Assert.Equal(threads * each / 2, events.Losses.Where(l => l.Reason == nameof(LossReason.BufferFull)).Sum(l => l.Count));
        Assert.Equal(threads * each / 2, events.Losses.Where(l => l.Reason == nameof(LossReason.Closed)).Sum(l => l.Count));
        Assert.Equal(threads * each, ledger.Snapshot().TotalLost);
    }

    [Fact]
    public async Task What_is_lost_on_a_hot_path_is_told_soon_without_being_asked_for()
    {
        RecordingEvents events = new();
        LossLedger ledger = new("logs", events);
        for (int round = 1; round <= 3; round++)
        {
            ledger.RefuseOnHotPath(LossReason.BufferFull, "detail");
            await LoopFixture.Until(() => events.Losses.Sum(l => l.Count) == round);
        }
    }

    [Fact]
    public void A_reason_that_the_ledger_does_not_have_counts_as_rejected()
    {
        RecordingEvents events = new();
        LossLedger ledger = new("things", events, null, Own);
        ledger.Accept(10);
        ledger.Lose(new LossReason("Unheard"), 2, "a sink made it up");
        ledger.Lose(null!, 3, "a sink returned none");
        ledger.Lose(new LossReason("NoReceiver"), 4, "equal by its name");
        ledger.RefuseOnHotPath(new LossReason("Unheard", isIntended: true), "told, although it claims to be intended");
        ledger.TellRest();

        LedgerSnapshot books = ledger.Snapshot();

        Assert.Equal([(LossReason.Rejected, 6L), (Own[1], 4L)], books.Lost.Select(l => (l.Key, l.Value)));
        Assert.Equal((11, 1), (books.Accepted, books.InFlight));
        SpinWait.SpinUntil(() => events.Losses.Sum(l => l.Count) == 10, LoopFixture.Safety);
        Assert.Equal(10, events.Losses.Sum(l => l.Count));
    }

    [Fact]
    public void A_refusal_on_a_hot_path_allocates_nothing()
    {
        LossLedger ledger = new("things", new RecordingEvents(), null, Own);
        ledger.RefuseOnHotPath(Own[0], "detail");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            ledger.RefuseOnHotPath(Own[0], "detail");
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_reason_is_written_to_json_as_its_name_also_as_a_key()
    {
        LossLedger ledger = new("things", new RecordingEvents(), null, Own);
        ledger.Refuse(LossReason.TooOld, "detail");

        string json = JsonSerializer.Serialize(ledger.Snapshot());

        Assert.Contains("\"Lost\":{\"TooOld\":1}", json, StringComparison.Ordinal);
        Assert.Equal(LossReason.TooOld, JsonSerializer.Deserialize<LossReason>("\"TooOld\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<LossReason>("\"\""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Too old")]
    [InlineData("Too\nOld")]
    public void A_name_that_would_break_a_line_or_a_tag_is_refused(string name) =>
        Assert.Contains("ASCII", Assert.Throws<ArgumentException>(() => new LossReason(name)).Message, StringComparison.Ordinal);

    private static void Book(LossLedger ledger, Way way, LossReason reason)
    {
        switch (way)
        {
            case Way.Lost:
                ledger.Lose(reason, 1, "detail");
                break;
            case Way.LostToMisuse:
                ledger.LoseToMisuse(reason, 1, "subject", "rule");
                break;
            case Way.Refused:
                ledger.Refuse(reason, "detail");
                break;
            case Way.RefusedMisuse:
                ledger.RefuseMisuse(reason, "subject", "rule");
                break;
            default:
                ledger.RefuseOnHotPath(reason, "detail");
                break;
        }
    }
}
