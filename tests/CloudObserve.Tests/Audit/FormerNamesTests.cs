using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Delivery;
using CloudObserve.Testing;
using CloudObserve.Tests.Audit.Shipping;
using CloudObserve.Tests.Audit.Trails;

namespace CloudObserve.Tests.Audit;

/// <summary>Trails of earlier versions, whose files had names that SDKs of .NET publish with an application.</summary>
public sealed class FormerNamesTests : IDisposable
{
    private readonly TrailDirectory _directory = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 8, 40, 0, TimeSpan.Zero));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_trail_of_an_earlier_version_verifies_goes_on_and_has_the_names_of_today_afterwards()
    {
        using TestTrail former = TestTrail.WithEverything(isFormer: true);
        CopyFormer(former);
        AuditVerification before = await VerifyAsync();
        Assert.Empty(before.Findings);
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes), (before.Intact, before.Complete));

        await RunAsync();

        Assert.False(File.Exists(_directory.Layout.FormerHeadFile));
        Assert.True(_directory.Head().Sequence > former.Sequence);
        AuditVerification after = await VerifyAsync();
        Assert.Empty(after.Findings);
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes, 1L), (after.Intact, after.Complete, after.FirstSequence));
    }

    [Fact]
    public async Task A_start_that_fails_at_any_step_loses_no_head()
    {
        using TestTrail former = TestTrail.WithEverything(isFormer: true);
        for (int step = 0; ; step++)
        {
            using FormerNamesTests attempt = new();
            attempt.CopyFormer(former);

            // The newest record is gone: only the head tells so.
            string[] lines = await File.ReadAllLinesAsync(attempt._directory.Layout.ActiveFile);
            await File.WriteAllTextAsync(attempt._directory.Layout.ActiveFile, string.Concat(lines[..^1].Select(l => l + "\n")));
            int left = step;
            attempt._directory.Storage.Fail((_, _) => left-- <= 0);
            bool isDone = attempt.TryOpen();
            attempt._directory.Storage.Heal();

            AuditVerification verdict = await attempt.VerifyAsync();
            Assert.Equal(AuditAnswer.No, verdict.Complete);
            await attempt.RunAsync();
            Assert.Equal(AuditAnswer.No, (await attempt.VerifyAsync()).Complete);
            Assert.False(File.Exists(attempt._directory.Layout.FormerHeadFile));
            if (isDone)
            {
                Assert.True(step > 5, "Too few steps were tried.");
                return;
            }
        }
    }

    [Fact]
    public async Task What_an_earlier_version_recorded_after_a_newer_one_is_not_taken_for_torn()
    {
        using TestTrail former = TestTrail.WithEverything(perFile: 4, isFormer: true);
        CopyFormer(former);

        // A newer version had written up to the first of these, and the earlier one knew nothing of its head.
        string[] lines = _directory.Lines();
        byte[] first = System.Text.Encoding.UTF8.GetBytes(lines[0]);
        Assert.True(TrailStamp.TryRead(first, out TrailStamp stamp));
        await File.WriteAllBytesAsync(
            _directory.Layout.HeadFile, new JournalHead(new TrailHead(stamp.Sequence, RecordHash.Of(first))).ToFile());
        lines[1] = lines[1].Replace("\"eventName\":\"Event", "\"eventName\":\"Forged", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_directory.Layout.ActiveFile, string.Concat(lines.Select(l => l + "\n")));

        Assert.Equal(AuditAnswer.No, (await VerifyAsync()).Intact);
        TrailRun next = new(_directory, _time);
        _ = next.Signal.Open();
        await next.StopAsync();
        Assert.Contains(next.Observer.Notices, n => n.Contains("were changed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("shipping.json", "shipped-records.state")]
    [InlineData("shipped-files.json", "shipped-files.state")]
    public async Task What_was_shipped_is_remembered_under_the_name_of_today(string formerName, string name)
    {
        string former = Path.Combine(_directory.Layout.Directory, formerName);
        await File.WriteAllTextAsync(former, "{}");
        await using (ShippedTrail trail = new(_directory.Layout.Directory, _time, Ship, new EventSink()))
        {
            await trail.RecordAsync(1);
        }

        Assert.False(File.Exists(former));
        Assert.True(File.Exists(Path.Combine(_directory.Layout.Directory, name)));
    }

    [Fact]
    public async Task No_file_of_a_trail_has_a_name_that_an_sdk_of_dotnet_takes()
    {
        string directory = Path.Combine(_directory.Layout.Directory, "audit");
        await using (ShippedTrail trail = new(directory, _time, Ship, new EventSink()))
        {
            await trail.RecordAsync(3);
        }

        // Content of the Web and Worker SDKs, and what compilers and designers take.
        string[] taken = [".json", ".config", ".cs", ".vb", ".fs", ".resx", ".razor", ".cshtml", ".xaml", ".sql"];
        string[] names =
            [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(Path.GetFileName).OfType<string>()];
        Assert.Contains("journal.head", names);
        Assert.Contains("shipped-records.state", names);
        Assert.DoesNotContain(names, n => taken.Contains(Path.GetExtension(n), StringComparer.OrdinalIgnoreCase));
    }

    private static void Ship(CloudObserveBuilder builder) =>
        builder.UseAuditFileShipper(static _ => new NoShipper()).WithAuditTrail(static o => o.Bucket = "trail-bucket");

    private bool TryOpen()
    {
        try
        {
            new TrailRun(_directory, _time).Signal.Open().Dispose();
            return true;
        }
        catch (AuditTrailException)
        {
            return false;
        }
    }

    private void CopyFormer(TestTrail former)
    {
        foreach (string file in Directory.EnumerateFiles(former.Root, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_directory.Layout.Directory, Path.GetRelativePath(former.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.WriteAllText(_directory.Layout.SigningKeyFile, TestTrail.Key.ExportPkcs8PrivateKeyPem());
        Assert.True(File.Exists(_directory.Layout.FormerHeadFile));
    }

    private async Task RunAsync()
    {
        TrailRun run = new(_directory, _time, configure: o => (o.AccountId, o.TrailName) = (TestTrail.Account, TestTrail.Name));
        await run.Trail.RecordAsync(new AuditEvent("Refund"));
        await run.StopAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
    }

    private Task<AuditVerification> VerifyAsync() =>
        new AuditTrailVerifier(_directory.Layout.Directory, new AuditVerificationOptions { TimeProvider = _time }).VerifyAsync();

    private sealed class NoShipper : IAuditFileShipper
    {
        public string Destination => "here";

        public ValueTask<SendResult> ShipAsync(AuditFile file, CancellationToken cancellationToken) =>
            ValueTask.FromResult(SendResult.Delivered());
    }
}
