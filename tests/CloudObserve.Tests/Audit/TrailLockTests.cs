using CloudObserve.Audit;
using CloudObserve.Pipeline.Storage;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Tests.Audit;

/// <summary>One process writes a trail, whatever becomes of the name of its lock.</summary>
public sealed class TrailLockTests : IDisposable
{
    private readonly TrailDirectory _directory = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));

    public void Dispose() => _directory.Dispose();

    [UnixFact]
    public async Task A_second_writer_is_refused_also_when_the_lock_file_was_deleted()
    {
        TrailRun first = new(_directory, _time);
        await first.Trail.RecordAsync(new AuditEvent("A"));
        File.Delete(_directory.Layout.LockFile);

        AuditTrailException exception = Assert.Throws<AuditTrailException>(() => new TrailRun(_directory, _time).Signal.Open());
        Assert.Contains("another process", exception.Message, StringComparison.Ordinal);

        await first.Trail.RecordAsync(new AuditEvent("B"));
        Assert.True(File.Exists(_directory.Layout.LockFile));
        Assert.Equal(["A", "B"], _directory.Lines().Select(TrailDirectory.Name));
        await first.StopAsync();
        TrailRun next = new(_directory, _time);
        _ = next.Signal.Open();
        await next.StopAsync();
        Assert.Empty(next.Observer.Notices);
    }

    [UnixFact]
    public async Task What_somebody_writes_who_has_taken_the_lock_is_never_written_over()
    {
        TrailRun run = new(_directory, _time);
        await run.Trail.RecordAsync(new AuditEvent("A"));
        File.Delete(_directory.Layout.LockFile);
        File.Delete(_directory.Layout.ActiveFile);
        await File.WriteAllTextAsync(_directory.Layout.ActiveFile, "the other one's records\n");
        using (SafeFileHandle? other = PrivateFiles.TryOpenLocked(_directory.Layout.LockFile))
        {
            Assert.NotNull(other);
            AuditTrailException exception =
                await Assert.ThrowsAsync<AuditTrailException>(async () => await run.Trail.RecordAsync(new AuditEvent("B")));
            Assert.Contains("not held by this process", exception.Message, StringComparison.Ordinal);
            await run.StopAsync();
        }

        Assert.Equal("the other one's records\n", await File.ReadAllTextAsync(_directory.Layout.ActiveFile));
    }

    [UnixFact]
    public async Task A_journal_that_somebody_put_in_place_of_ours_is_set_aside()
    {
        TrailRun run = new(_directory, _time);
        await run.Trail.RecordAsync(new AuditEvent("A"));
        File.Delete(_directory.Layout.ActiveFile);
        await File.WriteAllTextAsync(_directory.Layout.ActiveFile, "somebody's records\n");

        string aside = _directory.Layout.DamagedFile(_time.GetUtcNow());
        _ = await Assert.ThrowsAsync<AuditTrailException>(async () => await run.Trail.RecordAsync(new AuditEvent("B")));
        await run.Trail.RecordAsync(new AuditEvent("C"));

        Assert.Equal(["A", "C"], _directory.Lines().Select(TrailDirectory.Name));
        Assert.Equal("somebody's records\n", await File.ReadAllTextAsync(aside));
        await run.StopAsync();
    }
}
