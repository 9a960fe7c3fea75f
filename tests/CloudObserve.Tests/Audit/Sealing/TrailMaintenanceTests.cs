using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Sealing;
using CloudObserve.Testing;

namespace CloudObserve.Tests.Audit.Sealing;

public sealed class TrailMaintenanceTests : IDisposable
{
    private readonly TrailDirectory _directory = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task After_15_minutes_the_lines_are_a_file_of_the_same_bytes()
    {
        TrailRun run = new(_directory, _time);
        await RecordAsync(run, "A", "B");
        string[] lines = _directory.Lines();
        _time.Advance(TimeSpan.FromMinutes(15));
        await run.Observer.SucceededAsync(TrailMaintenance.Sealing);

        TrailFile log = Assert.Single(run.Logs);
        Assert.Equal($"{{\"Records\":[{lines[0]},{lines[1]}]}}", Encoding.UTF8.GetString(run.Content(log)));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 7, 15, 0, TimeSpan.Zero), log.Time);
        Assert.Empty(_directory.Lines());
        Assert.False(File.Exists(_directory.Layout.SealingFile));
        await run.StopAsync();
    }

    [Fact]
    public async Task At_its_size_the_journal_is_sealed_at_once_into_files_of_that_size()
    {
        TrailRun run = new(_directory, _time, configure: o => o.SealBytes = 1024 * 1024);
        AuditEvent large = new("Large") { RequestParameters = new AuditData { ["k"] = new string('v', 90_000) } };
        for (int i = 0; i < 13; i++)
        {
            await run.Trail.RecordAsync(large);
        }

        await run.StopAsync();
        Assert.True(run.Logs.Count >= 2);
        Assert.All(run.Logs, f => Assert.True(run.Content(f).Length <= 1024 * 1024));
        Assert.Equal(Enumerable.Range(1, 13), run.SealedRecords().Select(r => (int)Sequence(r)).Order());
    }

    [Fact]
    public async Task A_stop_seals_everything_and_signs_a_last_digest_over_it()
    {
        TrailRun run = new(_directory, _time);
        await RecordAsync(run, "A", "B");
        _time.Advance(TimeSpan.FromMinutes(1));
        await run.StopAsync();

        Assert.Equal(2, run.Digests.Count);
        TrailFile digest = run.Digests[1];
        JsonElement content = run.Json(digest);
        JsonElement file = Assert.Single(content.GetProperty("logFiles").EnumerateArray());
        TrailFile log = Assert.Single(run.Logs);
        Assert.Equal(
            [DigestNames.AwsAccountId, DigestNames.DigestStartTime, DigestNames.DigestEndTime, DigestNames.DigestS3Bucket,
                DigestNames.DigestS3Object,
                DigestNames.DigestPublicKeyFingerprint, DigestNames.DigestSignatureAlgorithm, DigestNames.NewestEventTime,
                    DigestNames.OldestEventTime,
                DigestNames.PreviousDigestS3Bucket, DigestNames.PreviousDigestS3Object, DigestNames.PreviousDigestHashValue,
                    DigestNames.PreviousDigestHashAlgorithm,
                DigestNames.PreviousDigestSignature, DigestNames.LogFiles],
            content.EnumerateObject().Select(p => p.Name));
        Assert.Equal((log.Key, Hash(run.Content(log))),
            (file.GetProperty("s3Object").GetString(), file.GetProperty("hashValue").GetString()));
        Assert.Equal(("2026-11-20T07:00:00Z", "2026-11-20T07:01:00Z", "local"),
            (Text(content, "digestStartTime"), Text(content, "digestEndTime"), Text(content, "digestS3Bucket")));
        run.AssertSigned(digest, run.Signature(run.Digests[0]));

        JsonElement first = run.Json(run.Digests[0]);
        Assert.Equal(("2026-11-20T06:59:59Z", "2026-11-20T07:00:00Z", 0),
            (Text(first, "digestStartTime"), Text(first, "digestEndTime"), first.GetProperty("logFiles").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, first.GetProperty("previousDigestSignature").ValueKind);
        run.AssertSigned(run.Digests[0], previous: null);
    }

    [Fact]
    public async Task Each_hour_has_a_digest_also_without_records_and_the_chain_goes_on_across_restarts()
    {
        TrailRun first = new(_directory, _time);
        await RecordAsync(first, "A");
        await AdvanceToDigestAsync(first);
        await AdvanceToDigestAsync(first);
        await first.StopAsync();
        _time.Advance(TimeSpan.FromHours(5));
        TrailRun second = new(_directory, _time, configure: o => o.KeyPrefix = "prefix");
        await RecordAsync(second, "B");
        await second.Observer.SucceededAsync(TrailMaintenance.Digesting);
        await second.StopAsync();

        // The beginning, two hours, the first stop, the second start after a long pause, and the second stop.
        TrailFile[] digests = [.. second.Digests];
        Assert.Equal(6, digests.Length);
        string? previous = null;
        foreach (TrailFile digest in digests)
        {
            second.AssertSigned(digest, previous);
            previous = second.Signature(digest);
        }

        for (int i = 1; i < digests.Length; i++)
        {
            JsonElement content = second.Json(digests[i]);
            JsonElement before = second.Json(digests[i - 1]);
            Assert.Equal(Text(before, "digestEndTime"), Text(content, "digestStartTime"));
            Assert.Equal(Hash(second.Content(digests[i - 1])), Text(content, "previousDigestHashValue"));
            Assert.Equal(Text(before, "digestS3Object"), Text(content, "previousDigestS3Object"));
            Assert.Equal(second.Signature(digests[i - 1]), Text(content, "previousDigestSignature"));
        }

        Assert.StartsWith("prefix/AWSLogs/", Text(second.Json(digests[5]), "digestS3Object"), StringComparison.Ordinal);
        Assert.Equal(second.Logs.Select(l => l.Key)
            .Order(), digests.SelectMany(d => second.Json(d).GetProperty("logFiles").EnumerateArray())
            .Select(f => Text(f, "s3Object").Replace("prefix/", "", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task Records_chain_across_files_and_restarts()
    {
        for (int i = 0; i < 3; i++)
        {
            TrailRun run = new(_directory, _time);
            await RecordAsync(run, "A", "B");
            await run.StopAsync();
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        File.Delete(_directory.Layout.HeadFile);
        TrailRun last = new(_directory, _time);
        await RecordAsync(last, "C");
        await last.StopAsync();

        RecordHash before = RecordHash.None;
        long sequence = 0;
        foreach (byte[] record in last.SealedRecords().OrderBy(Sequence).Select(r => Encoding.UTF8.GetBytes(r.GetRawText())))
        {
            Assert.True(TrailStamp.TryRead(record, out TrailStamp stamp));
            Assert.Equal(new TrailStamp(++sequence, before), stamp);
            before = RecordHash.Of(record);
        }

        Assert.Equal(7, sequence);
    }

    [Fact]
    public async Task A_file_sealed_before_a_crash_and_in_no_digest_is_in_the_next_one()
    {
        TrailRun crashed = new(_directory, _time);
        await RecordAsync(crashed, "A");
        _directory.Storage.Fail((operation, path) => path.Contains("CloudTrail-Digest", StringComparison.Ordinal));
        await crashed.StopAsync();
        Assert.Contains(crashed.Observer.Interruptions, i => i.StartsWith(TrailMaintenance.Digesting, StringComparison.Ordinal));
        _ = Assert.Single(crashed.Digests);
        _directory.Storage.Heal();

        TrailRun next = new(_directory, _time);
        _ = next.Signal.Open();
        await next.StopAsync();
        Assert.Equal(next.Logs[0].Key,
            Text(Assert.Single(next.Json(next.Digests[1]).GetProperty("logFiles").EnumerateArray()), "s3Object"));
    }

    [Fact]
    public async Task Lines_that_power_loss_left_with_the_room_behind_them_are_sealed_without_it()
    {
        TrailRun first = new(_directory, _time);
        _ = first.Signal.Open();
        await first.StopAsync();
        string[] lines = await _directory.FillAsync(2);
        File.Move(_directory.Layout.ActiveFile, _directory.Layout.SealingFile);
        File.AppendAllText(_directory.Layout.SealingFile, new string(' ', 1000));

        TrailRun next = new(_directory, _time);
        _ = next.Signal.Open();
        await next.StopAsync();

        Assert.Equal($"{{\"Records\":[{lines[0]},{lines[1]}]}}", Encoding.UTF8.GetString(next.Content(Assert.Single(next.Logs))));
        Assert.Empty(next.Observer.Notices);
    }

    [Fact]
    public async Task Lines_that_a_crash_left_beside_their_sealed_file_are_not_sealed_twice()
    {
        TrailRun crashed = new(_directory, _time);
        await RecordAsync(crashed, "A", "B");
        _directory.Storage.Fail((operation, path) => operation == "delete" && path == _directory.Layout.SealingFile);
        await crashed.StopAsync();
        Assert.True(File.Exists(_directory.Layout.SealingFile));
        _directory.Storage.Heal();

        TrailRun next = new(_directory, _time);
        await RecordAsync(next, "C");
        await next.StopAsync();
        Assert.Equal(["A", "B", "C"], next.SealedRecords().OrderBy(Sequence).Select(TrailRun.Name));
    }

    [Fact]
    public async Task Sealing_that_fails_keeps_the_lines_and_is_tried_again_while_records_go_on()
    {
        TrailRun run = new(_directory, _time);
        await RecordAsync(run, "A");
        _directory.Storage.Fail((operation, path) => operation == "open" && path.Contains(".json.gz", StringComparison.Ordinal));
        _time.Advance(TimeSpan.FromMinutes(15));
        await RecordAsync(run, "B");
        _directory.Storage.Heal();
        _time.Advance(TimeSpan.FromMinutes(1));
        await run.Observer.SucceededAsync(TrailMaintenance.Sealing);
        await run.StopAsync();

        Assert.Equal(["A", "B"], run.SealedRecords().OrderBy(Sequence).Select(TrailRun.Name));
    }

    [Fact]
    public async Task Old_files_are_removed_with_their_signatures()
    {
        TrailRun first = new(_directory, _time);
        await RecordAsync(first, "A");
        await first.StopAsync();
        string signature = _directory.Layout.PathOf(first.Digests[0].Key) + ".sig";
        string newest = first.Digests[^1].Key;
        _time.Advance(TimeSpan.FromDays(91));
        TrailRun second = new(_directory, _time);
        await RecordAsync(second, "B");
        await second.Observer.SucceededAsync(TrailMaintenance.Removing);
        Assert.True(File.Exists(signature));
        _time.Advance(TimeSpan.FromDays(1));
        await second.Observer.SucceededAsync(TrailMaintenance.Removing);
        await second.StopAsync();

        Assert.False(File.Exists(signature));
        JsonElement[] left = [.. second.SealedRecords().OrderBy(Sequence)];
        Assert.Equal(["B", OwnEvents.FilesRemoved], left.Select(TrailRun.Name));
        JsonElement told = left[1].GetProperty("additionalEventData");
        Assert.Equal((3, newest), (told.GetProperty("files").GetInt32(), Text(told, "newestDigest")));
        Assert.All(second.Digests, d => Assert.True(d.Time > _time.GetUtcNow() - TimeSpan.FromDays(2)));
        AuditVerification verdict =
            await new AuditTrailVerifier(_directory.Layout.Directory, new AuditVerificationOptions { TimeProvider = _time }).VerifyAsync();
        Assert.Empty(verdict.Findings);
    }

    [Fact]
    public async Task A_sealed_file_stays_as_long_as_the_digest_that_names_it()
    {
        TrailRun run = new(_directory, _time);
        await RecordAsync(run, "A");
        _time.Advance(TimeSpan.FromMinutes(15));
        await run.Observer.SucceededAsync(TrailMaintenance.Sealing);
        _time.Advance(TimeSpan.FromMinutes(45));
        await run.Observer.SucceededAsync(TrailMaintenance.Digesting);
        await run.StopAsync();
        TrailFile sealedFile = Assert.Single(run.Logs);
        TrailFile digest = run.Digests.First(d => d.Time > sealedFile.Time);
        TimeSpan age = TimeSpan.FromDays(1);
        TrailRetention retention = new(_directory.Layout, _directory.Storage, age, static _ => true);

        Assert.DoesNotContain(sealedFile.Key, retention.Find(sealedFile.Time + age + TimeSpan.FromMinutes(1)).Select(f => f.Key));
        Assert.Superset(
            new HashSet<string>([sealedFile.Key, digest.Key]),
            retention.Find(digest.Time + age + TimeSpan.FromMinutes(1)).Select(f => f.Key).ToHashSet());
    }

    [Fact]
    public async Task One_start_under_a_wrong_clock_removes_nothing()
    {
        TrailRun first = new(_directory, _time);
        await RecordAsync(first, "A");
        await first.StopAsync();
        _time.Jump(TimeSpan.FromDays(91));
        for (int start = 0; start < 3; start++)
        {
            TrailRun wrong = new(_directory, _time);
            await RecordAsync(wrong, "B");
            await wrong.Observer.SucceededAsync(TrailMaintenance.Removing);
            await wrong.StopAsync();
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        _time.Jump(TimeSpan.FromDays(-91));
        for (int start = 0; start < 3; start++)
        {
            TrailRun right = new(_directory, _time);
            await RecordAsync(right, "C");
            await right.StopAsync();
            Assert.Empty(right.Observer.Notices);
        }

        Assert.Equal(["A", "B", "B", "B", "C", "C", "C"], first.SealedRecords().OrderBy(Sequence).Select(TrailRun.Name));
        AuditVerification verdict =
            await new AuditTrailVerifier(_directory.Layout.Directory, new AuditVerificationOptions { TimeProvider = _time }).VerifyAsync();
        Assert.Empty(verdict.Findings);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    [InlineData(-24 * 100)]
    public async Task Sealing_and_digests_keep_their_intervals_when_the_clock_is_set(int hours)
    {
        TrailRun run = new(_directory, _time);
        await RecordAsync(run, "A");
        _time.Advance(TimeSpan.FromMinutes(15));
        await run.Observer.SucceededAsync(TrailMaintenance.Sealing);
        _time.Jump(TimeSpan.FromHours(hours));
        await RecordAsync(run, "B");
        _time.Advance(TimeSpan.FromMinutes(15));
        await run.Observer.SucceededAsync(TrailMaintenance.Sealing);
        Assert.Equal(2, run.Logs.Count);
        _time.Advance(TimeSpan.FromMinutes(30));
        await run.Observer.SucceededAsync(TrailMaintenance.Digesting);
        Assert.Equal(2, run.Digests.Count);
        await run.StopAsync();

        // The times in the names follow the order of the records, as far as minutes can tell.
        DateTimeOffset[] times = [.. run.Logs.OrderBy(f => Sequence(run.Json(f).GetProperty("Records")[0])).Select(f => f.Time)];
        Assert.Equal(times.Order(), times);
        TrailRun next = new(_directory, _time);
        _ = next.Signal.Open();
        await next.StopAsync();
        Assert.Empty(next.Observer.Notices);
        Assert.Empty((await new AuditTrailVerifier(
            _directory.Layout.Directory, new AuditVerificationOptions { TimeProvider = _time }).VerifyAsync()).Findings);
    }

    private static async Task RecordAsync(TrailRun run, params string[] names)
    {
        foreach (string name in names)
        {
            await run.Trail.RecordAsync(new AuditEvent(name));
        }
    }

    private static long Sequence(JsonElement record) =>
        record.GetProperty("additionalEventData").GetProperty("trail").GetProperty("sequence").GetInt64();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private async Task AdvanceToDigestAsync(TrailRun run)
    {
        _time.Advance(TimeSpan.FromHours(1));
        await run.Observer.SucceededAsync(TrailMaintenance.Digesting);
    }
}
