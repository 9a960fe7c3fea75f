using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Integration.Tests.Delivery;
using Xunit.Abstractions;

namespace CloudObserve.Integration.Tests.Audit;

public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Writers = 16;
    private const int RecordBytes = 4000;

    // A journal of 1 MiB holds about 250 such records, so that kills also hit sealing.
    private const int MostAcknowledgements = 1200;

    // Far longer than a process needs to start and to be refused.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("crash");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Every_record_that_was_acknowledged_before_a_kill_is_in_the_trail()
    {
        int kills = LongRuns.Of(usual: 10, many: 200);
        int seed = Environment.TickCount;
        Random random = new(seed);
        HashSet<string> acknowledged = [];
        for (int i = 0; i < kills; i++)
        {
            using AuditWriterProcess writer = AuditWriterProcess.Start(_directory.FullName, Writers, RecordBytes);
            acknowledged.UnionWith(await writer.KillAfterAsync(random.Next(1, MostAcknowledgements)));
        }

        await TrailOnDisk.SealAsync(_directory.FullName);
        List<(string EventId, string EventName)> kept = TrailOnDisk.ReadChain(_directory.FullName);
        int cuts = kept.Count(r => r.EventName == OwnEvents.Recovered);
        output.WriteLine(
            $"seed {seed}: {kills} kills, {acknowledged.Count} records acknowledged, {kept.Count} kept, {cuts} torn tails cut.");

        Assert.Equal(kept.Count, kept.Select(r => r.EventId).Distinct().Count());
        acknowledged.ExceptWith(kept.Select(r => r.EventId));
        Assert.Empty(acknowledged);
        Assert.DoesNotContain(kept, r => r.EventName is OwnEvents.TailMissing or OwnEvents.DamageFound);
        Assert.Empty(_directory.GetFiles("damaged-*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_second_process_on_the_same_directory_is_refused_with_a_message_and_harms_nothing()
    {
        using AuditWriterProcess first = AuditWriterProcess.Start(_directory.FullName, 1, 10);
        await first.AcknowledgedAsync();
        using AuditWriterProcess second = AuditWriterProcess.Start(_directory.FullName, 1, 10);
        Assert.Contains("another process is writing it", await second.FailureAsync(), StringComparison.Ordinal);

        List<string> acknowledged = await first.KillAfterAsync(5);
        await TrailOnDisk.SealAsync(_directory.FullName);
        Assert.Empty(acknowledged.Except(TrailOnDisk.ReadChain(_directory.FullName).Select(r => r.EventId)));
    }

    [LinuxFact]
    public async Task Of_two_processes_one_stops_when_the_lock_file_was_deleted_and_no_acknowledged_record_is_lost()
    {
        HashSet<string> acknowledged = [];
        for (int i = 0; i < LongRuns.Of(usual: 3, many: 30); i++)
        {
            acknowledged.UnionWith(await WriteTwiceAsync());
        }

        await TrailOnDisk.SealAsync(_directory.FullName);
        List<(string EventId, string EventName)> kept = TrailOnDisk.ReadChain(_directory.FullName);
        AuditVerification verdict = await new AuditTrailVerifier(_directory.FullName).VerifyAsync();
        output.WriteLine($"{acknowledged.Count} records acknowledged, {kept.Count} kept.");

        acknowledged.ExceptWith(kept.Select(r => r.EventId));
        Assert.Empty(acknowledged);
        Assert.Empty(verdict.Findings);
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes), (verdict.Intact, verdict.Complete));
        Assert.DoesNotContain(kept, r => r.EventName is OwnEvents.TailMissing or OwnEvents.DamageFound);
        Assert.Empty(_directory.GetFiles("damaged-*", SearchOption.AllDirectories));
    }

    /// <summary>
    /// Starts a second writer after the lock of the first one was deleted, waits until one of them stops, and kills the other one later.
    /// </summary>
    private async Task<List<string>> WriteTwiceAsync()
    {
        using AuditWriterProcess first = AuditWriterProcess.Start(_directory.FullName, Writers, RecordBytes);
        string id = await first.AcknowledgedAsync();
        File.Delete(new TrailLayout(_directory.FullName).LockFile);
        using AuditWriterProcess second = AuditWriterProcess.Start(_directory.FullName, Writers, RecordBytes);
        Task<List<string>> byFirst = first.AcknowledgementsAsync();
        Task<List<string>> bySecond = second.AcknowledgementsAsync();

        bool isFirst = await Task.WhenAny(byFirst, bySecond).WaitAsync(Deadline) == byFirst;
        string failure = await (isFirst ? first : second).FailureAsync();
        Assert.Contains(isFirst ? "not held by this process" : "another process is writing it", failure, StringComparison.Ordinal);
        (isFirst ? second : first).KillAfter(MostAcknowledgements / 4);
        return [id, .. await byFirst.WaitAsync(Deadline), .. await bySecond.WaitAsync(Deadline)];
    }
}
