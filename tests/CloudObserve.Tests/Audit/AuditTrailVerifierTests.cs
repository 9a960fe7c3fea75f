using System.Text;
using CloudObserve.Audit;
using CloudObserve.Testing;
using CloudObserve.Tests.Audit.Trails;

namespace CloudObserve.Tests.Audit;

public sealed class AuditTrailVerifierTests
{
    [Fact]
    public async Task An_untouched_trail_is_intact_and_complete()
    {
        using TestTrail trail = TestTrail.WithEverything();

        AuditVerification verdict = await Verify(trail);

        Assert.Empty(verdict.Findings);
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes), (verdict.Intact, verdict.Complete));
        Assert.Equal((2, 5, 18, 6), (verdict.Digests, verdict.LogFiles, verdict.Records, verdict.UndigestedRecords));
        Assert.Equal((1, 18), (verdict.FirstSequence, verdict.LastSequence));
        Assert.Contains(verdict.Remarks, r => r.Contains("No digest vouches for 6 records yet", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pkcs1.pem")]
    [InlineData("spki.pem")]
    [InlineData("pkcs1.der")]
    [InlineData("spki.der")]
    public async Task A_key_is_taken_in_every_form(string form)
    {
        using TestTrail trail = TestTrail.WithEverything();
        string file = Path.Combine(trail.Root, form);
        await File.WriteAllBytesAsync(file, form switch
        {
            "pkcs1.pem" => Encoding.ASCII.GetBytes(TestTrail.Key.ExportRSAPublicKeyPem()),
            "spki.pem" => Encoding.ASCII.GetBytes("a key\n" + TestTrail.Key.ExportSubjectPublicKeyInfoPem()),
            "pkcs1.der" => TestTrail.Key.ExportRSAPublicKey(),
            _ => TestTrail.Key.ExportSubjectPublicKeyInfo(),
        });
        File.Delete(Path.Combine(trail.Root, "public-key.pem"));

        AuditVerification verdict = await Verify(trail, new AuditVerificationOptions { PublicKeyFile = file });

        Assert.Equal((AuditAnswer.Yes, 2), (verdict.Intact, verdict.Digests));
    }

    [Fact]
    public async Task Without_the_key_it_cannot_be_told_but_hashes_and_chain_are_checked()
    {
        using TestTrail trail = TestTrail.WithEverything();
        File.Delete(Path.Combine(trail.Root, "public-key.pem"));

        AuditVerification verdict = await Verify(trail);
        Assert.Equal((AuditAnswer.Unknown, AuditAnswer.Yes), (verdict.Intact, verdict.Complete));
        Assert.Equal((AuditFindingKind.Unverifiable, AuditFindingSubject.Key, "public-key.pem"),
            verdict.Findings.Select(f => (f.Kind, f.Subject, f.Place)).Single());

        string log = trail.LogFiles.First();
        trail.Write(log, "{\"Records\":[]}"u8.ToArray());
        verdict = await Verify(trail);
        Assert.Equal(AuditAnswer.No, verdict.Intact);
        Assert.Contains(verdict.Findings, f => f.Kind == AuditFindingKind.Changed && f.Place == log);
    }

    [Fact]
    public async Task Another_key_cannot_tell_rather_than_blame()
    {
        using TestTrail trail = TestTrail.WithEverything();
        using System.Security.Cryptography.RSA other = System.Security.Cryptography.RSA.Create(2048);
        await File.WriteAllTextAsync(Path.Combine(trail.Root, "public-key.pem"), other.ExportSubjectPublicKeyInfoPem());

        AuditVerification verdict = await Verify(trail);

        Assert.Equal(AuditAnswer.Unknown, verdict.Intact);
        Assert.Contains(verdict.Findings, f => f.Message.Contains("another key", StringComparison.Ordinal)
            && f.Place == trail.Digests.Last());
    }

    [Fact]
    public async Task Nothing_to_verify_cannot_be_told()
    {
        DirectoryInfo empty = Directory.CreateTempSubdirectory("cloudobserve-");

        foreach (string directory in new[] { empty.FullName, Path.Combine(empty.FullName, "gone") })
        {
            AuditVerification verdict = await new AuditTrailVerifier(directory).VerifyAsync();
            Assert.Equal((AuditAnswer.Unknown, AuditAnswer.Unknown), (verdict.Intact, verdict.Complete));
        }

        empty.Delete(recursive: true);
    }

    [Fact]
    public async Task A_young_trail_without_a_digest_is_held_by_its_chain()
    {
        using TestTrail trail = new();
        trail.RecordMany(3);
        _ = trail.Seal();
        trail.RecordMany(1);

        AuditVerification verdict = await Verify(trail);

        Assert.Empty(verdict.Findings);
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes, 4), (verdict.Intact, verdict.Complete, verdict.UndigestedRecords));
    }

    [Fact]
    public async Task A_loss_that_the_trail_tells_of_is_a_gap_and_not_a_crime()
    {
        using TestTrail trail = new();
        trail.RecordMany(2);
        trail.Lose(3);
        _ = trail.Record("TrailTailMissing", source: "cloudobserve.amazonaws.com");

        foreach (bool isSealed in new[] { false, true })
        {
            _ = isSealed ? trail.Seal() : "";
            AuditVerification verdict = await Verify(trail);
            Assert.Equal((AuditAnswer.Yes, AuditAnswer.No), (verdict.Intact, verdict.Complete));
            Assert.Equal((AuditFindingKind.Missing, 3L), verdict.Findings.Select(f => (f.Kind, f.Sequence!.Value)).Single());
        }
    }

    [Fact]
    public async Task A_loss_that_nobody_tells_of_is_a_removal()
    {
        using TestTrail trail = new();
        trail.RecordMany(2);
        trail.Lose(3);
        trail.RecordMany(1);

        AuditVerification verdict = await Verify(trail);

        Assert.Contains(verdict.Findings, f => f is { Kind: AuditFindingKind.Removed, Sequence: 3, Place: "journal/active.jsonl" });
        Assert.Equal((AuditAnswer.No, AuditAnswer.No), (verdict.Intact, verdict.Complete));
    }

    [Fact]
    public async Task Room_behind_the_lines_is_nothing_to_remark_on()
    {
        using TestTrail trail = TestTrail.WithEverything();
        string remarks = string.Join('|', (await Verify(trail)).Remarks);
        await File.AppendAllTextAsync(trail.Active, new string(' ', 100_000));

        AuditVerification verdict = await Verify(trail);

        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes), (verdict.Intact, verdict.Complete));
        Assert.Equal(remarks, string.Join('|', verdict.Remarks));
    }

    [Theory]
    [InlineData("{\"eventVersion\":\"1.11\"")]
    [InlineData("\0\0\0\0\n\0\0\0\n")]
    [InlineData("{}\n{}")]
    public async Task A_torn_tail_behind_the_head_is_no_fault(string tail)
    {
        using TestTrail trail = TestTrail.WithEverything();
        await File.AppendAllTextAsync(trail.Active, tail);

        AuditVerification verdict = await Verify(trail);

        Assert.Empty(verdict.Findings);
        Assert.Contains(verdict.Remarks, r => r.StartsWith("journal/active.jsonl: from byte", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_in_the_journal_and_in_a_sealed_file_are_one()
    {
        using TestTrail trail = TestTrail.WithEverything();
        string lines = await File.ReadAllTextAsync(trail.Active);
        _ = trail.Seal();
        await File.WriteAllTextAsync(Path.Combine(trail.Root, "journal", "sealing.jsonl"), lines);

        AuditVerification verdict = await Verify(trail);
        Assert.Empty(verdict.Findings);
        Assert.Equal(18, verdict.Records);

        trail.RecordMany(2);
        Assert.Empty((await Verify(trail)).Findings);

        await File.WriteAllTextAsync(
            Path.Combine(trail.Root, "journal", "sealing.jsonl"), lines.Replace("203.0.113.7", "203.0.113.8", StringComparison.Ordinal));
        Assert.Equal(AuditAnswer.No, (await Verify(trail)).Intact);
    }

    [Fact]
    public async Task The_oldest_files_may_have_been_kept_for_long_enough()
    {
        using TestTrail trail = TestTrail.WithEverything();
        File.Delete(Path.Combine(trail.Root, trail.Digests.First() + ".sig"));
        File.Delete(Path.Combine(trail.Root, trail.Digests.First()));
        string[] old = [.. trail.LogFiles.Take(2)];

        AuditVerification verdict = await Verify(trail);
        Assert.Equal(old, verdict.Findings.Where(f => f.Kind == AuditFindingKind.Missing).Select(f => f.Place));

        Array.ForEach(old, f => File.Delete(Path.Combine(trail.Root, f)));
        verdict = await Verify(trail);
        Assert.Empty(verdict.Findings);
        Assert.Equal(2, verdict.Remarks.Count(r => r.Contains("kept for long enough", StringComparison.Ordinal)));

        verdict = await Verify(trail, new AuditVerificationOptions { From = trail.Now.AddDays(-1) });
        Assert.Equal(AuditAnswer.No, verdict.Complete);
    }

    [Fact]
    public async Task Only_a_part_can_be_verified()
    {
        using TestTrail trail = TestTrail.WithEverything();
        DateTimeOffset between = new(2026, 11, 20, 8, 5, 0, TimeSpan.Zero);
        trail.Write(trail.LogFiles.First(), "{}"u8.ToArray());
        trail.WriteHead(99, new string('0', 64));

        AuditVerification later = await Verify(trail, new AuditVerificationOptions { From = between });
        AuditVerification earlier = await Verify(trail, new AuditVerificationOptions { To = between });

        Assert.Equal((AuditAnswer.Yes, AuditAnswer.No, 1), (later.Intact, later.Complete, later.Digests));
        Assert.Equal((AuditAnswer.No, AuditAnswer.Yes, 1, 2), (earlier.Intact, earlier.Complete, earlier.Digests, earlier.LogFiles));
        Assert.All(earlier.Findings, f => Assert.Contains("/CloudTrail/", f.Place, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_copy_without_journal_says_that_its_end_cannot_be_told()
    {
        using TestTrail trail = TestTrail.WithEverything();
        Directory.Delete(Path.Combine(trail.Root, "journal"), recursive: true);
        File.Delete(Path.Combine(trail.Root, "trail.lock"));

        AuditVerification verdict = await Verify(trail);

        Assert.Empty(verdict.Findings);
        Assert.Contains(verdict.Remarks, r => r.Contains("a copy without a journal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_copy_lies_below_a_prefix_or_not()
    {
        using TestTrail trail = TestTrail.WithEverything();
        DirectoryInfo copy = Directory.CreateTempSubdirectory("cloudobserve-");
        Directory.Move(Path.Combine(trail.Root, "AWSLogs"),
            Path.Combine(Directory.CreateDirectory(Path.Combine(copy.FullName, "some", "prefix")).FullName, "AWSLogs"));
        File.Copy(Path.Combine(trail.Root, "public-key.pem"), Path.Combine(copy.FullName, "public-key.pem"));

        AuditVerification verdict = await new AuditTrailVerifier(
            copy.FullName, new AuditVerificationOptions { TimeProvider = new ManualTimeProvider(trail.Now) }).VerifyAsync();

        Assert.Empty(verdict.Findings);
        Assert.Equal((2, 15), (verdict.Digests, verdict.Records));
        copy.Delete(recursive: true);
    }

    [Fact]
    public async Task CloudTrails_own_files_are_verified_without_a_chain_and_signatures()
    {
        using TestTrail trail = new();
        trail.WritePlain(3);
        _ = trail.Digest();
        trail.WritePlain(2);
        string newest = trail.Digest();
        foreach (string signature in Directory.EnumerateFiles(trail.Root, "*.sig", SearchOption.AllDirectories))
        {
            File.Delete(signature);
        }

        Directory.Delete(Path.Combine(trail.Root, "journal"), recursive: true);
        File.Delete(Path.Combine(trail.Root, "trail.lock"));

        AuditVerification verdict = await Verify(trail);

        Assert.Equal((AuditAnswer.Unknown, AuditAnswer.Yes, 1, 5), (verdict.Intact, verdict.Complete, verdict.Digests, verdict.Records));
        Assert.Equal([newest], verdict.Findings.Select(f => f.Place));

        string log = trail.LogFiles.First();
        trail.Write(log, "{\"Records\":[]}"u8.ToArray());
        verdict = await Verify(trail);
        Assert.Contains(verdict.Findings, f => f.Kind == AuditFindingKind.Changed && f.Place == log);
    }

    [Theory]
    [InlineData("../outside.json.gz")]
    [InlineData("AWSLogs/../../outside.json.gz")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\windows\\win.ini")]
    [InlineData("\u001b[2Jx\n")]
    public async Task Names_in_a_digest_lead_nowhere_but_to_the_trails_files(string name)
    {
        using TestTrail trail = new();
        trail.RecordMany(1);
        _ = trail.Seal();
        _ = trail.Digest(
            content => content.Replace(
                System.Text.Json.JsonSerializer.Serialize(trail.LogFiles.Single()), System.Text.Json.JsonSerializer.Serialize(name),
                StringComparison.Ordinal));

        AuditVerification verdict = await Verify(trail);

        Assert.Contains(verdict.Findings, f => f.Kind == AuditFindingKind.Removed
            && f.Message.Contains("is not here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_is_not_followed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TestTrail trail = TestTrail.WithEverything();
        string log = Path.Combine(trail.Root, trail.LogFiles.First());
        File.Move(log, Path.Combine(trail.Root, "elsewhere"));
        File.CreateSymbolicLink(log, Path.Combine(trail.Root, "elsewhere"));

        AuditVerification verdict = await Verify(trail);

        Assert.Contains(verdict.Findings, f => f.Kind == AuditFindingKind.Removed && f.Place == trail.LogFiles.First());
    }

    [Fact]
    public async Task Anything_at_all_in_any_file_is_a_finding_and_no_exception()
    {
        Random random = new(5);
        byte[] noise = new byte[3000];
        random.NextBytes(noise);
        byte[][] contents =
        [
            [], noise, "{\"Records\":"u8.ToArray(), TestTrail.Compress([]), TestTrail.Compress(noise),
            TestTrail.Compress("[[[[{}]]]]"u8.ToArray()),
            TestTrail.Compress("{\"Records\":[{\"additionalEventData\":{\"trail\":{\"sequence\":1e99}}}]}"u8.ToArray()),
            TestTrail.Compress("{\"digestEndTime\":3,\"logFiles\":[7]}"u8.ToArray()),
            TestTrail.Compress("{\"digestEndTime\":\"\\ud800\",\"logFiles\":{}}"u8.ToArray()),
            TestTrail.Compress(Encoding.UTF8.GetBytes(new string('[', 100_000))),
            TestTrail.Compress(new byte[8 * 1024 * 1024]),
        ];
        using TestTrail trail = TestTrail.WithEverything();
        Evidence evidence = new(trail.Root);
        foreach (string name in evidence.Names)
        {
            foreach (byte[] content in contents)
            {
                evidence.Put(name, content);
                AuditVerification verdict = await Verify(trail);
                Assert.NotEmpty(verdict.Findings);
            }

            evidence.Restore();
        }
    }

    [Fact]
    public async Task A_journal_that_the_trail_found_changed_is_evidence()
    {
        using TestTrail trail = TestTrail.WithEverything();
        await File.WriteAllTextAsync(Path.Combine(trail.Root, "journal", "damaged-20261120T080000Z.jsonl"), "{}");

        AuditVerification verdict = await Verify(trail);

        Assert.Equal(["journal/damaged-20261120T080000Z.jsonl"], verdict.Findings.Select(f => f.Place));
        Assert.Equal(AuditAnswer.No, verdict.Intact);
    }

    private static Task<AuditVerification> Verify(TestTrail trail, AuditVerificationOptions? options = null)
    {
        options ??= new AuditVerificationOptions();
        options.TimeProvider = new ManualTimeProvider(trail.Now);
        return new AuditTrailVerifier(trail.Root, options).VerifyAsync();
    }
}
