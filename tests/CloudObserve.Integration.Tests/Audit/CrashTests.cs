using CloudObserve.Audit.Files;
using Xunit.Abstractions;

namespace CloudObserve.Integration.Tests.Audit;

public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Writers = 16;
    private const int RecordBytes = 4000;

    // A journal of 1 MiB holds about 250 such records, so that kills also hit sealing.
    private const int MostAcknowledgements = 1200;

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
        output.WriteLine($"seed {seed}: {kills} kills, {acknowledged.Count} records acknowledged, {kept.Count} kept, {cuts} torn tails cut.");

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
}
