using System.Collections.Concurrent;
using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Verification;
using CloudObserve.Delivery;
using CloudObserve.Testing;

namespace CloudObserve.Tests.Audit.Shipping;

public sealed class FileShippingTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("shipping");
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero));
    private readonly FileStore _store = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Every_file_is_shipped_once_and_a_digest_after_the_files_it_names()
    {
        for (int run = 0; run < 3; run++)
        {
            await using ShippedTrail trail = Open();
            await trail.RecordAsync(3);
            await trail.AdvanceUntilAsync(
                () => trail.Layout.Files().Count(f => f.Kind == TrailFileKind.Digest) > 3 * run, TimeSpan.FromMinutes(1));
            await trail.RecordAsync(3);
        }

        AuditFile[] shipped = [.. _store.Taken];
        Assert.Equal(new TrailLayout(_directory.FullName).Files().Select(f => "team/" + f.Key).Order(), shipped.Select(f => f.Key).Order());
        for (int i = 0; i < shipped.Length; i++)
        {
            Assert.Equal(shipped[i].Key.Contains("CloudTrail-Digest", StringComparison.Ordinal), shipped[i].Signature is not null);
            Assert.Equal("trail-bucket", shipped[i].Bucket);
            if (shipped[i].Signature is not null)
            {
                TrailDigest digest = TrailDigest.Parse(SealedRecords.Unzip(shipped[i].Path));
                Assert.Equal(shipped[i].Key, digest.Object);
                Assert.Subset(shipped[..i].Select(f => f.Key).ToHashSet(), digest.LogFiles.Select(f => f.Object).ToHashSet());
            }
        }

        Assert.True(_store.IsDisposed);
    }

    [Fact]
    public async Task After_an_outage_the_files_arrive_and_only_then_may_be_removed()
    {
        _store.Answer = _ => SendResult.Failed(ErrorClass.Unavailable, "Away", "nobody answers");
        await using ShippedTrail trail = Open(o => o.Retention = TimeSpan.FromDays(1));
        await trail.RecordAsync(3);
        await trail.AdvanceUntilAsync(() => trail.Layout.Files().Any(f => f.Kind == TrailFileKind.Log), TimeSpan.FromMinutes(1));
        TrailFile first = trail.Layout.Files().First(f => f.Kind == TrailFileKind.Log);
        DateTimeOffset later = _time.GetUtcNow().AddDays(2);
        await trail.AdvanceUntilAsync(() => _time.GetUtcNow() > later, TimeSpan.FromHours(1));
        Assert.True(File.Exists(trail.Layout.PathOf(first.Key)));
        Assert.Empty(_store.Taken);

        _store.Answer = static _ => SendResult.Delivered();
        await trail.AdvanceUntilAsync(() => !File.Exists(trail.Layout.PathOf(first.Key)), TimeSpan.FromMinutes(10));
        Assert.Equal("team/" + first.Key, _store.Taken.First(f => f.Signature is null).Key);
    }

    [Fact]
    public async Task The_age_of_what_waits_grows_also_when_the_clock_is_set_back()
    {
        _store.Answer = _ => SendResult.Failed(ErrorClass.Unavailable, "Away", "nobody answers");
        await using ShippedTrail trail = Open();
        await trail.RecordAsync(1);
        await trail.AdvanceUntilAsync(() => _store.Attempts > 0, TimeSpan.FromMinutes(1));

        TimeSpan before = trail.Age("audit-files");
        _time.Jump(TimeSpan.FromHours(-2));
        int attempts = _store.Attempts;
        for (int minute = 0; minute < 10; minute++)
        {
            await trail.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        await trail.AdvanceUntilAsync(() => _store.Attempts > attempts + 1, TimeSpan.FromMinutes(1));
        Assert.True(trail.Age("audit-files") >= before + TimeSpan.FromMinutes(10), $"{before}, {trail.Age("audit-files")}");
    }

    [Fact]
    public async Task A_file_that_is_refused_for_good_is_tried_again_seldom_and_nothing_is_shipped_past_it()
    {
        _store.Answer = file => file.Signature is null
            ? SendResult.Failed(ErrorClass.Invalid, "NoSuchBucket", "there is none") : SendResult.Delivered();
        await using ShippedTrail trail = Open();
        await trail.RecordAsync(1);
        await trail.AdvanceUntilAsync(() => _store.Attempts >= 2, TimeSpan.FromMinutes(1));

        // The trail's first digest names no file, and is shipped at once.
        AuditFile first = Assert.Single(_store.Taken);
        Assert.NotNull(first.Signature);

        _store.Answer = static _ => throw new InvalidOperationException("a bug");
        await trail.AdvanceUntilAsync(() => _store.Attempts >= 4, TimeSpan.FromMinutes(1));
        _store.Answer = static _ => SendResult.Delivered();
        await trail.AdvanceUntilAsync(() => _store.Taken.Count > 1, TimeSpan.FromMinutes(1));
    }

    private ShippedTrail Open(Action<AuditTrailOptions>? configure = null) => new(
        _directory.FullName,
        _time,
        b => b.UseAuditFileShipper(_ => _store).WithAuditTrail(o =>
        {
            o.Bucket = "trail-bucket";
            o.KeyPrefix = "team";
            configure?.Invoke(o);
        }),
        group: null);

    private sealed class FileStore : IAuditFileShipper, IDisposable
    {
        private int _attempts;

        public string Destination => "store://here";

        internal ConcurrentQueue<AuditFile> Taken { get; } = new();

        internal Func<AuditFile, SendResult> Answer { get; set; } = static _ => SendResult.Delivered();

        internal int Attempts => Volatile.Read(ref _attempts);

        internal bool IsDisposed { get; private set; }

        public ValueTask<SendResult> ShipAsync(AuditFile file, CancellationToken cancellationToken)
        {
            _ = Interlocked.Increment(ref _attempts);
            SendResult result = Answer(file);
            if (result.Error == ErrorClass.None)
            {
                Taken.Enqueue(file);
            }

            return ValueTask.FromResult(result);
        }

        public void Dispose() => IsDisposed = true;
    }
}
