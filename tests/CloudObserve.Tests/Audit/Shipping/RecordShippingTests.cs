using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Sealing;
using CloudObserve.Delivery;
using CloudObserve.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Audit.Shipping;

public sealed class RecordShippingTests : IDisposable
{
    private static readonly SendResult Away = SendResult.Failed(ErrorClass.Unavailable, "Away", "nobody answers");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("shipping");
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero));
    private readonly EventSink _sink = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Each_record_is_one_event_to_the_letter_and_in_order()
    {
        await using ShippedTrail trail = Open();
        await trail.RecordAsync(50);
        await trail.FlushAsync();
        await trail.RecordAsync(1, "Später");
        await trail.FlushAsync();

        Assert.Equal(TrailDirectory.LinesOf(trail.Layout.ActiveFile), _sink.Messages);
        Assert.Equal(["/audit one"], _sink.Events.Select(e => e.Stream).Distinct());
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), _sink.Events[0].Time);
    }

    [Fact]
    public async Task Records_that_are_sealed_meanwhile_are_shipped_all_the_same_and_once()
    {
        await using ShippedTrail trail = Open();
        for (int round = 0; round < 5; round++)
        {
            await trail.RecordAsync(20, $"R{round}-");
            await trail.FlushAsync();
            await trail.RecordAsync(20, $"S{round}-");
            await trail.AdvanceUntilAsync(
                () => trail.Layout.Files().Count(f => f.Kind == TrailFileKind.Log) > round, TimeSpan.FromMinutes(1));
        }

        await trail.FlushAsync();
        AssertSequence(200);
    }

    [Fact]
    public async Task A_trail_from_before_is_shipped_from_its_beginning()
    {
        await using (ShippedTrail before = Open(group: null))
        {
            await before.RecordAsync(10, "Sealed");
        }

        _time.Advance(TimeSpan.FromDays(20));
        await using ShippedTrail trail = Open();
        await trail.RecordAsync(10, "New");
        await trail.FlushAsync();

        AssertSequence(20);
        Assert.Equal(_time.GetUtcNow().AddDays(-13).ToUnixTimeMilliseconds(), _sink.Events[0].Time);
    }

    [Fact]
    public async Task After_an_outage_everything_arrives_in_order_and_nothing_was_held_up()
    {
        await using ShippedTrail trail = Open();
        _sink.Answer = _ => Away;
        await trail.RecordAsync(30);
        await trail.FlushAsync();
        await trail.RecordAsync(30, "During");
        Assert.Empty(_sink.Messages);
        HealthReport report = await trail.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Degraded, report.Status);

        _sink.Answer = static _ => null;
        await trail.AdvanceUntilAsync(() => _sink.Messages.Length >= 60);
        AssertSequence(60);
        LedgerSnapshot books = trail.Services.GetRequiredService<ICloudObserve>().Ledgers["audit"];
        Assert.Equal((60, 60, 0), (books.Accepted, books.Delivered, books.TotalLost));
    }

    [Fact]
    public async Task The_age_of_what_waits_grows_also_when_the_clock_is_set_back()
    {
        await using ShippedTrail trail = Open();
        _sink.Answer = _ => Away;
        await trail.RecordAsync(1);
        await trail.AdvanceUntilAsync(() => _sink.Attempts > 0);

        _time.Jump(TimeSpan.FromHours(-2));
        TimeSpan before = trail.Age("audit-shipping");
        int attempts = _sink.Attempts;
        for (int minute = 0; minute < 10; minute++)
        {
            await trail.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        await trail.AdvanceUntilAsync(() => _sink.Attempts > attempts + 1);
        Assert.InRange(trail.Age("audit-shipping"), before + TimeSpan.FromMinutes(10), TimeSpan.FromHours(1));
        HealthReport report = await trail.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Degraded, report.Status);

        _sink.Answer = static _ => null;
        await trail.AdvanceUntilAsync(() => _sink.Messages.Length == 1 && trail.Age("audit-shipping") == TimeSpan.Zero);
    }

    [Fact]
    public async Task The_next_process_ships_what_this_one_could_not_and_nothing_twice()
    {
        await using (ShippedTrail first = Open())
        {
            await first.RecordAsync(5, "Shipped");
            await first.FlushAsync();
            _sink.Answer = _ => Away;
            await first.RecordAsync(5, "Waits");
        }

        Assert.Equal(5, _sink.Messages.Length);
        _sink.Answer = static _ => null;
        await using (ShippedTrail second = Open())
        {
            await second.FlushAsync();
            AssertSequence(10);
        }

        await using ShippedTrail third = Open();
        await third.RecordAsync(1, "Last");
        await third.FlushAsync();
        AssertSequence(11);
    }

    [Fact]
    public async Task A_flush_and_the_end_do_not_wait_for_a_destination_that_is_away()
    {
        _sink.Answer = _ => Away;
        await using ShippedTrail trail = Open();
        await trail.RecordAsync(1);
        await trail.FlushAsync();
        Assert.Equal(1, _sink.Attempts);

        // The clock stands still, and with it every pause between attempts.
        await trail.FlushAsync();
    }

    [Fact]
    public async Task A_record_that_is_refused_for_good_is_told_and_the_others_go_on()
    {
        await using ShippedTrail trail = Open();
        _sink.Answer = static messages => messages.Any(m => m.Contains("Poison", StringComparison.Ordinal))
            ? SendResult.Failed(ErrorClass.Invalid, "Bad", "no") : null;
        await trail.RecordAsync(3, "A");
        await trail.RecordAsync(1, "Poison");
        await trail.RecordAsync(3, "B");
        await trail.FlushAsync();

        Assert.Equal(6, _sink.Messages.Length);
        HealthReport report = await trail.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Contains("audit-shipping", report.Entries["cloudobserve"].Description, StringComparison.Ordinal);
        Assert.Equal(1L, report.Entries["cloudobserve"].Data["audit-shipping.lost"]);
        Assert.Equal(0L, report.Entries["cloudobserve"].Data["audit-shipping.inFlight"]);
    }

    [Fact]
    public async Task What_is_not_shipped_is_not_removed_however_old_it_is()
    {
        _sink.Answer = _ => Away;
        await using ShippedTrail trail = Open(o => o.Retention = TimeSpan.FromDays(1));
        await trail.RecordAsync(3);
        await trail.AdvanceUntilAsync(() => Logs(trail).Length == 1, TimeSpan.FromMinutes(1));
        string unshipped = Assert.Single(Logs(trail));
        DateTimeOffset later = _time.GetUtcNow().AddDays(2);
        await trail.AdvanceUntilAsync(() => _time.GetUtcNow() > later, TimeSpan.FromHours(1));
        Assert.Contains(unshipped, Logs(trail));

        // What removes old digests meanwhile is recorded, so there are further records and files.
        _sink.Answer = static _ => null;
        await trail.AdvanceUntilAsync(() => !Logs(trail).Contains(unshipped), TimeSpan.FromMinutes(10));
        Assert.Equal([1, 2, 3], Sequences()[..3]);
    }

    [Fact]
    public async Task Numbers_that_are_gone_are_passed_over()
    {
        await using (ShippedTrail before = Open(group: null))
        {
            await before.RecordAsync(5);
            await before.AdvanceUntilAsync(() => Logs(before).Length == 1, TimeSpan.FromMinutes(1));
            await before.RecordAsync(5);
        }

        TrailLayout layout = new(_directory.FullName);
        File.Delete(layout.Files().Where(f => f.Kind == TrailFileKind.Log).Select(f => layout.PathOf(f.Key))
            .Single(path => SealedRecords.Read(path).Newest.Sequence == 5));
        await using ShippedTrail trail = Open();
        await trail.FlushAsync();

        Assert.Equal([6L, 7L, 8L, 9L, 10L], Sequences());
    }

    [Theory]
    [InlineData("/audit/{date}", "must not use {date}")]
    [InlineData("/{application}/{environment}", "must not be the log group that the logs use")]
    [InlineData("not allowed", "cannot contain")]
    public void A_group_that_will_not_do_is_refused_at_the_start(string group, string rule)
    {
        ServiceProvider services = new ServiceCollection().AddCloudObserve()
            .WithAuditTrail(o => o.LogGroup = group).Services.BuildServiceProvider();
        OptionsValidationException exception =
            Assert.ThrowsAny<OptionsValidationException>(() => services.GetRequiredService<IOptions<CloudObserveOptions>>().Value);
        Assert.Contains(rule, exception.Message, StringComparison.Ordinal);
    }

    private static string[] Logs(ShippedTrail trail) =>
        [.. trail.Layout.Files().Where(f => f.Kind == TrailFileKind.Log).Select(f => f.Key)];

    private ShippedTrail Open(Action<AuditTrailOptions>? configure = null, string? group = "/audit") =>
        new(_directory.FullName, _time, b => b.WithAuditTrail(o => configure?.Invoke(o)), _sink, group);

    private void AssertSequence(int count) => Assert.Equal(Enumerable.Range(1, count).Select(n => (long)n), Sequences());

    private long[] Sequences() => [.. _sink.Messages.Select(m =>
    {
        Assert.True(TrailStamp.TryRead(System.Text.Encoding.UTF8.GetBytes(m), out TrailStamp stamp));
        return stamp.Sequence;
    })];
}
