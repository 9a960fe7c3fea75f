using System.Text.Json;
using CloudObserve.Audit;
using CloudObserve.Delivery;
using CloudObserve.Testing;

namespace CloudObserve.Tests.Audit;

public sealed class AuditTrailTests : IDisposable
{
    private readonly TrailDirectory _directory = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_action_that_succeeds_is_one_record_with_its_response()
    {
        TrailRun run = new(_directory, _time);
        await using (AuditAction action = await run.Trail.BeginAsync("RefundOrder"))
        {
            Assert.Empty(run.Unsealed());
            action.Event = action.Event with { Resources = [new AuditResource("order/42")] };
            await action.SucceedAsync(new AuditData { ["refunded"] = 5 });
        }

        JsonElement record = Assert.Single(run.Unsealed());
        Assert.Equal(("RefundOrder", "{\"refunded\":5}"), (TrailRun.Name(record), record.GetProperty("responseElements").GetRawText()));
        Assert.False(record.TryGetProperty("errorCode", out _));
        await run.StopAsync();
    }

    [Fact]
    public async Task An_action_that_fails_or_is_left_says_how()
    {
        TrailRun run = new(_directory, _time);
        await using (AuditAction failing = await run.Trail.BeginAsync("A"))
        {
            await failing.FailAsync(new InvalidOperationException("no"));
        }

        await using (AuditAction refused = await run.Trail.BeginAsync("B"))
        {
            await refused.FailAsync("AccessDenied");
        }

        await (await run.Trail.BeginAsync("C")).DisposeAsync();

        Assert.Equal(["InvalidOperationException", "AccessDenied", AuditAction.AbandonedCode], run.Unsealed()
            .Select(r => r.GetProperty("errorCode").GetString()));
        await run.StopAsync();
    }

    [Fact]
    public async Task An_action_has_one_end()
    {
        TrailRun run = new(_directory, _time);
        AuditAction action = await run.Trail.BeginAsync("A");
        await action.SucceedAsync();
        _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await action.FailAsync("Late"));
        await action.DisposeAsync();
        _ = Assert.Single(run.Unsealed());
        await run.StopAsync();
    }

    [Fact]
    public async Task Before_action_the_intent_is_on_disk_and_its_outcome_names_it()
    {
        TrailRun run = new(_directory, _time);
        AuditAction action = await run.Trail.BeginAsync("Delete", AuditGuarantee.BeforeAction);
        JsonElement intent = Assert.Single(run.Unsealed());
        await action.SucceedAsync();

        JsonElement mark = intent.GetProperty("additionalEventData").GetProperty("action");
        JsonElement outcome = run.Unsealed()[1].GetProperty("additionalEventData").GetProperty("action");
        Assert.Equal(("intent", "outcome"), (mark.GetProperty("phase").GetString(), outcome.GetProperty("phase").GetString()));
        Assert.Equal(intent.GetProperty("eventID").GetString(), mark.GetProperty("id").GetString());
        Assert.Equal(mark.GetProperty("id").GetString(), outcome.GetProperty("id").GetString());
        Assert.NotEqual(intent.GetProperty("eventID").GetString(), run.Unsealed()[1].GetProperty("eventID").GetString());
        await run.StopAsync();
    }

    [Fact]
    public async Task A_disk_that_is_full_stops_the_action_fails_the_record_and_spares_best_effort()
    {
        TrailRun run = new(_directory, _time);
        await run.Trail.RecordAsync(new AuditEvent("Before"));
        _directory.Storage.Fail((operation, path) => operation == "write" && path.EndsWith(".jsonl", StringComparison.Ordinal));

        _ = await Assert.ThrowsAsync<AuditTrailException>(async () => await run.Trail.BeginAsync("Delete", AuditGuarantee.BeforeAction));
        _ = await Assert.ThrowsAsync<AuditTrailException>(async () => await run.Trail.RecordAsync(new AuditEvent("Refused")));
        await run.Trail.RecordAsync(new AuditEvent("Lost"), AuditGuarantee.BestEffort);
        await run.Signal.FlushAsync(CancellationToken.None);

        LedgerSnapshot books = run.Ledger.Snapshot();
        Assert.Equal((4, 1, 3, 0), (books.Accepted, books.Delivered, books.Lost[LossReason.StorageFailed], books.InFlight));
        _directory.Storage.Heal();
        await run.StopAsync();
    }

    [Fact]
    public async Task A_directory_that_cannot_be_used_says_so_at_the_first_record_and_best_effort_books_the_loss()
    {
        File.WriteAllText(_directory.Layout.JournalDirectory, "in the way");
        TrailRun run = new(_directory, _time);

        AuditTrailException exception =
            await Assert.ThrowsAsync<AuditTrailException>(async () => await run.Trail.RecordAsync(new AuditEvent("A")));
        await run.Trail.RecordAsync(new AuditEvent("B"), AuditGuarantee.BestEffort);

        Assert.Contains(_directory.Layout.Directory, exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, run.Ledger.Snapshot().Lost[LossReason.StorageFailed]);
        File.Delete(_directory.Layout.JournalDirectory);
        await run.Trail.RecordAsync(new AuditEvent("C"));
        await run.StopAsync();
    }

    [Fact]
    public async Task A_second_writer_of_the_same_directory_is_refused_with_a_message()
    {
        TrailRun first = new(_directory, _time);
        await first.Trail.RecordAsync(new AuditEvent("A"));
        TrailRun second = new(_directory, _time);

        AuditTrailException exception = Assert.Throws<AuditTrailException>(second.Signal.Open);
        Assert.Contains("another process", exception.Message, StringComparison.Ordinal);
        await first.StopAsync();
        _ = second.Signal.Open();
        await second.StopAsync();
    }

    [Fact]
    public async Task After_the_stop_records_are_refused()
    {
        TrailRun run = new(_directory, _time);
        await run.Trail.RecordAsync(new AuditEvent("A"));
        await run.StopAsync();
        _ = await Assert.ThrowsAsync<AuditTrailException>(async () => await run.Trail.RecordAsync(new AuditEvent("B")));
    }

    [Fact]
    public async Task What_selectors_leave_out_is_not_recorded_and_not_booked()
    {
        TrailRun run = new(_directory, _time, configure: o => o.EventSelectors.Add(new AuditEventSelectorOptions
        {
            FieldSelectors = {
                new AuditFieldSelectorOptions { Field = "eventCategory", EqualTo = { "Management" } },
                    new AuditFieldSelectorOptions { Field = "readOnly", EqualTo = { "false" } } },
        }));
        await run.Trail.RecordAsync(new AuditEvent("Read") { ReadOnly = true });
        await run.Trail.RecordAsync(new AuditEvent("Write"));

        Assert.Equal(["Write"], run.Unsealed().Select(TrailRun.Name));
        Assert.Equal(1, run.Ledger.Snapshot().Accepted);
        await run.StopAsync();
    }

    [Fact]
    public async Task A_torn_tail_and_a_cut_one_are_recorded_by_the_next_process()
    {
        string[] lines = await _directory.FillAsync(3);
        File.WriteAllText(_directory.Layout.ActiveFile, string.Join('\n', lines[..2]) + "\n{\"torn");
        TrailRun run = new(_directory, _time);
        _ = run.Signal.Open();

        JsonElement missing = Assert.Single(run.Unsealed(), r => TrailRun.Name(r) == "TrailTailMissing");
        Assert.Equal(3, missing.GetProperty("additionalEventData").GetProperty("firstMissing").GetInt64());
        Assert.NotEmpty(run.Observer.Notices);
        await run.StopAsync();
    }
}
