using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Sealing;
using CloudObserve.Testing;
using CloudObserve.Tests.Audit.Trails;

namespace CloudObserve.Tests.Audit;

/// <summary>
/// Somebody who can write every file but has not the key rewrites what digests vouch for, and lets the library itself sign it.
/// </summary>
public sealed class TrailForgeryTests : IDisposable
{
    private readonly TrailDirectory _directory = new();
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("kept");
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));
    private readonly Forger _forger;

    public TrailForgeryTests() => _forger = new Forger(_directory.Layout);

    private string KeptKey => Path.Combine(_elsewhere.FullName, "kept.pem");

    public void Dispose()
    {
        _directory.Dispose();
        _elsewhere.Delete(recursive: true);
    }

    [Fact]
    public async Task An_untouched_trail_is_intact_and_complete_against_a_kept_key_and_each_kept_digest()
    {
        await RunAsync(hours: 3);
        await CrashAsync();
        await RunAsync(hours: 1);

        foreach (TrailFile digest in _forger.Digests)
        {
            AuditVerification verdict = await VerifyAsync(isKept: true, Keep(digest));
            Assert.Empty(verdict.Findings);
            Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes), (verdict.Intact, verdict.Complete));
        }
    }

    [Fact]
    public async Task Records_rewritten_without_any_digest_are_not_signed_silently_at_the_next_start()
    {
        await RunAsync(hours: 3);
        _forger.Rewrite(Forge);
        _forger.DeleteDigests(keep: 0);
        await RunAsync(hours: 1);

        AuditVerification verdict = await VerifyAsync(isKept: true);
        Assert.Equal(AuditAnswer.No, verdict.Complete);
        Assert.Contains(verdict.Findings, f => f.Kind == AuditFindingKind.Missing
            && f.Message.Contains("digests were missing", StringComparison.Ordinal));
        Assert.Contains((await VerifyAsync(isKept: false)).Remarks, r => r.Contains("digests were missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Records_rewritten_behind_an_older_digest_are_not_signed_silently_at_the_next_start()
    {
        await RunAsync(hours: 5);
        _forger.Rewrite(Forge);
        _forger.DeleteDigests(keep: 2);
        await RunAsync(hours: 1);

        Assert.Equal(AuditAnswer.No, (await VerifyAsync(isKept: true)).Complete);
    }

    [Fact]
    public async Task Rewriting_what_the_newest_digest_alone_vouches_for_is_seen_with_that_digest()
    {
        await RunAsync(hours: 3);
        string kept = Keep(_forger.Digests[^1]);
        _forger.Rewrite(Forge);
        _forger.DeleteDigests(keep: _forger.Digests.Count - 1);
        await RunAsync(hours: 1);

        Assert.Equal(AuditAnswer.No, (await VerifyAsync(isKept: true, kept)).Intact);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Digests_that_are_gone_are_named_by_the_records_behind_them_and_by_the_head(int left)
    {
        await RunAsync(hours: 3);
        string newest = _forger.Digests[^1].Key;
        string[] gone = [.. _forger.Digests.Skip(Math.Max(1, left)).SkipLast(1).Select(d => d.Key)];
        _forger.DeleteDigests(left);

        AuditVerification verdict = await VerifyAsync(isKept: false);
        Assert.Equal(AuditAnswer.No, verdict.Intact);
        Assert.All(gone, key => Assert.Contains(verdict.Findings, f => f.Kind == AuditFindingKind.Removed && f.Place == key));
        Assert.Contains(verdict.Findings, f => f.Kind == AuditFindingKind.Removed && f.Place == "journal/journal.head");
        Assert.DoesNotContain(verdict.Findings, f => f.Place == newest);
    }

    [Theory]
    [InlineData(false, "", "Its content does not have the hash that record ")]
    [InlineData(true, TrailLayout.SignatureSuffix, "It is not the signature that record ")]
    public async Task A_digest_or_signature_that_was_replaced_differs_from_what_the_records_behind_it_name(
        bool isSignature, string suffix, string message)
    {
        await RunAsync(hours: 3);
        TrailFile named = _forger.Digests[^2];
        if (isSignature)
        {
            await File.WriteAllTextAsync(_forger.PathOf(named) + TrailLayout.SignatureSuffix, new string('a', 512));
        }
        else
        {
            _forger.ForgeDigest(named);
        }

        AuditVerification verdict = await VerifyAsync(isKept: false);

        Assert.Contains(
            verdict.Findings,
            f => f.Kind == AuditFindingKind.Changed && f.Place == named.Key + suffix
            && f.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_digests_and_traces_of_them_a_kept_key_shows_that_there_were_some()
    {
        await RunAsync(hours: 1);
        _forger.Rewrite(Forge);
        _forger.DeleteDigests(keep: 0);

        Assert.Equal(AuditAnswer.No, (await VerifyAsync(isKept: true)).Complete);
    }

    [Fact]
    public async Task A_first_digest_that_is_not_the_trails_first_is_told_although_the_record_of_it_was_rewritten()
    {
        await RunAsync(hours: 2);
        _forger.DeleteDigests(keep: 0);
        TrailRun next = new(_directory, _time);
        OpenedTrail opened = next.Signal.Open();
        await next.Observer.SucceededAsync(TrailMaintenance.Digesting);
        opened.Dispose();
        _forger.Rewrite(static record => record.Replace(OwnEvents.DigestsMissing, "NothingToTell", StringComparison.Ordinal));

        const string Told = "The digests begin anew with this one";
        string first = Assert.Single(_forger.Digests).Key;
        Assert.Contains(
            (await VerifyAsync(isKept: true)).Findings,
            f => f.Kind == AuditFindingKind.Missing && f.Place == first && f.Message.StartsWith(Told, StringComparison.Ordinal));
        Assert.Contains((await VerifyAsync(isKept: false)).Remarks, r => r.Contains(Told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_forged_digest_of_an_unknown_key_is_not_vouched_for_silently(bool hasChain)
    {
        await RunAsync(hours: 2);
        _forger.Rewrite(Forge);
        _forger.ForgeDigest(_forger.Digests[^2]);
        if (!hasChain)
        {
            _forger.DeleteDigests(keep: _forger.Digests.Count - 1);
        }

        await RunAsync(hours: 1);

        AuditVerification verdict = await VerifyAsync(isKept: true);
        Assert.False(verdict is { Intact: AuditAnswer.Yes, Complete: AuditAnswer.Yes });
        if (!hasChain)
        {
            Assert.Contains((await VerifyAsync(isKept: false)).Remarks,
                r => r.Contains("the key that signs was changed", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_signing_key_that_was_deleted_is_replaced_but_not_silently()
    {
        await RunAsync(hours: 1);
        File.Delete(_directory.Layout.SigningKeyFile);
        await RunAsync(hours: 1);

        Assert.NotEqual(AuditAnswer.Yes, (await VerifyAsync(isKept: true)).Intact);
        AuditVerification verdict = await VerifyAsync(isKept: false);
        Assert.Equal(AuditAnswer.Yes, verdict.Intact);
        Assert.Contains(verdict.Remarks, r => r.Contains("the key that signs was changed", StringComparison.Ordinal));
        Assert.Contains(verdict.Remarks, r => r.Contains("Only later digests vouch for them", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trail_made_anew_with_another_key_does_not_pass_for_the_one_whose_key_was_kept()
    {
        await RunAsync(hours: 1);
        string kept = Keep(_forger.Digests[^1]);
        foreach (FileSystemInfo entry in new DirectoryInfo(_directory.Layout.Directory).EnumerateFileSystemInfos())
        {
            (entry as DirectoryInfo)?.Delete(recursive: true);
            (entry as FileInfo)?.Delete();
        }

        await RunAsync(hours: 3);

        Assert.NotEqual(AuditAnswer.Yes, (await VerifyAsync(isKept: true)).Intact);
        Assert.Equal(AuditAnswer.No, (await VerifyAsync(isKept: false, kept)).Intact);
    }

    [Fact]
    public async Task A_directory_that_was_set_back_is_seen_with_a_newer_digest()
    {
        await RunAsync(hours: 2);
        string earlier = Path.Combine(_elsewhere.FullName, "earlier");
        Copy(_directory.Layout.Directory, earlier);
        await RunAsync(hours: 2);
        string kept = Keep(_forger.Digests[^1]);
        Directory.Delete(_directory.Layout.Directory, recursive: true);
        Copy(earlier, _directory.Layout.Directory);

        Assert.Equal(AuditAnswer.Yes, (await VerifyAsync(isKept: true)).Intact);
        AuditVerification verdict = await VerifyAsync(isKept: true, kept);
        Assert.Equal(AuditAnswer.No, verdict.Intact);
        Assert.Contains(verdict.Findings, f => f.Message.Contains("set back", StringComparison.Ordinal));

        await RunAsync(hours: 4);
        Assert.Equal(AuditAnswer.No, (await VerifyAsync(isKept: true, kept)).Intact);
    }

    [Fact]
    public async Task A_digest_that_was_replaced_is_seen_with_the_one_that_was_kept()
    {
        await RunAsync(hours: 2);
        TrailFile last = _forger.Digests[^1];
        string kept = Keep(last);
        _forger.Rewrite(Forge);
        _forger.ForgeDigest(last);

        AuditVerification verdict = await VerifyAsync(isKept: false, kept);

        Assert.Equal(AuditAnswer.No, verdict.Intact);
        Assert.Contains(
            verdict.Findings,
            f => f.Kind == AuditFindingKind.Changed && f.Place == last.Key
            && f.Message.Contains("not the digest that was kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kept_digest_that_is_none_or_is_not_signed_proves_nothing()
    {
        await RunAsync(hours: 1);
        string kept = Keep(_forger.Digests[^1]);
        await File.WriteAllTextAsync(kept + TrailLayout.SignatureSuffix, new string('a', 512));
        Assert.Equal(AuditAnswer.Unknown, (await VerifyAsync(isKept: true, kept)).Intact);

        await File.WriteAllTextAsync(kept, "nonsense");
        Assert.Equal(AuditAnswer.Unknown, (await VerifyAsync(isKept: true, kept)).Intact);
    }

    [Fact]
    public void The_first_digest_is_there_before_the_first_record_can_be()
    {
        TrailRun run = new(_directory, _time);
        using OpenedTrail opened = run.Signal.Open();

        Assert.Equal(_time.GetUtcNow(), Assert.Single(run.Digests).Time);
        Assert.Equal(0, opened.Journal.NewestAtStart);
    }

    [Fact]
    public async Task A_head_that_names_a_digest_that_is_not_here_is_told_at_the_next_start()
    {
        await RunAsync(hours: 1);
        _forger.DeleteDigests(keep: _forger.Digests.Count - 1);

        TrailRun next = new(_directory, _time);
        _ = next.Signal.Open();
        await next.StopAsync();

        Assert.Contains(next.Observer.Notices, n => n.Contains("names a digest that is missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_record_after_a_start_names_the_newest_digest_and_its_signature()
    {
        await RunAsync(hours: 1);
        TrailFile newest = _forger.Digests[^1];

        TrailRun next = new(_directory, _time);
        await RecordAsync(next);

        string first = Assert.Single(next.Unsealed()).GetRawText();
        Assert.Contains(newest.Key, first, StringComparison.Ordinal);
        Assert.Contains(next.Signature(newest), first, StringComparison.Ordinal);
        await next.StopAsync();
    }

    private static string Forge(string record) => record.Replace("\"amount\":100", "\"amount\":999", StringComparison.Ordinal);

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task RecordAsync(TrailRun run) =>
        await run.Trail.RecordAsync(new AuditEvent("Refund") { RequestParameters = new AuditData { ["amount"] = 100 } });

    private async Task RunAsync(int hours)
    {
        TrailRun run = new(_directory, _time);
        for (int hour = 0; hour < hours; hour++)
        {
            await RecordAsync(run);
            _time.Advance(TimeSpan.FromHours(1));
            await run.Observer.SucceededAsync(TrailMaintenance.Digesting);
        }

        await RecordAsync(run);
        await run.StopAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        if (!File.Exists(KeptKey))
        {
            File.Copy(_directory.Layout.PublicKeyFile, KeptKey);
        }
    }

    private async Task CrashAsync()
    {
        TrailRun run = new(_directory, _time);
        await RecordAsync(run);
        _time.Advance(TimeSpan.FromMinutes(15));
        await run.Observer.SucceededAsync(TrailMaintenance.Sealing);
        await RecordAsync(run);

        // What a crash leaves: nothing is sealed or signed at the end, and the lock is let go of.
        run.Signal.Open().Dispose();
    }

    private string Keep(TrailFile digest)
    {
        string kept = Path.Combine(_elsewhere.FullName, Path.GetFileName(digest.Key));
        File.Copy(_forger.PathOf(digest), kept, overwrite: true);
        File.Copy(_forger.PathOf(digest) + TrailLayout.SignatureSuffix, kept + TrailLayout.SignatureSuffix, overwrite: true);
        return kept;
    }

    private Task<AuditVerification> VerifyAsync(bool isKept, string? kept = null) => new AuditTrailVerifier(
        _directory.Layout.Directory,
        new AuditVerificationOptions
        {
            PublicKeyFile = isKept ? KeptKey : null,
            SinceDigestFile = kept,
            TimeProvider = _time
        }).VerifyAsync();
}
