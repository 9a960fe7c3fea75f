using System.Security.Cryptography;
using System.Text;
using CloudObserve.Audit;
using CloudObserve.Testing;
using CloudObserve.Tests.Audit.Trails;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Audit;

/// <summary>Whatever is done to a trail's files is reported with its place; to a trail to which nothing was done nothing is.</summary>
public sealed class AuditTrailTamperTests : IDisposable
{
    // All positions instead of some; takes minutes.
    private static readonly bool IsThorough = Environment.GetEnvironmentVariable("CLOUDOBSERVE_TAMPER") == "all";

    private readonly TestTrail _trail = TestTrail.WithEverything();
    private readonly Evidence _evidence;

    public AuditTrailTamperTests() => _evidence = new Evidence(_trail.Root);

    public void Dispose() => _trail.Dispose();

    [Fact]
    public void Any_change_of_bytes_is_reported() => Check(
        from name in Gen.Elements(_evidence.Names.AsEnumerable())
        from kind in Gen.Elements("flip", "delete", "insert", "repeat")
        from at in Gen.Choose(0, _evidence[name].Length - 1)
        from much in Gen.Choose(1, 8)
        select (name, kind, at, much),
        change => Change(change.name, Changed(_evidence[change.name], change.kind, change.at, change.much)));

    [Fact]
    public void A_file_cut_anywhere_is_reported() => Check(
        from name in Gen.Elements(_evidence.Names.AsEnumerable())
        from length in Gen.Choose(0, _evidence[name].Length - 1)
        select (name, length),
        change => Change(change.name, _evidence[change.name][..change.length]));

    [Fact]
    public void Every_byte_flipped_is_reported()
    {
        int step = IsThorough ? 1 : 97;
        foreach (string name in _evidence.Names)
        {
            for (int at = 0; at < _evidence[name].Length; at += step)
            {
                string? missed = Change(name, Changed(_evidence[name], "flip", at, 1 + (at % 8)));
                Assert.True(missed is null, $"byte {at}: {missed}");
            }
        }
    }

    [Fact]
    public void Records_changed_removed_repeated_or_swapped_are_reported() => Check(
        from name in Gen.Elements(_evidence.Logs.Append("journal/active.jsonl"))
        from kind in Gen.Elements("change", "remove", "repeat", "swap", "renumber", "unstamp")
        from record in Gen.Choose(0, 2)
        from other in Gen.Choose(1, 2)
        select (name, kind, record, other: (record + other) % 3),
        change => ChangeRecords(change.name, change.kind, change.record, change.other));

    [Fact]
    public void Files_removed_renamed_swapped_or_copied_are_reported() => Check(
        from area in Gen.Elements(_evidence.Logs, _evidence.Digests)
        from kind in Gen.Elements("remove", "rename", "swap", "copy")
        from one in Gen.Choose(0, area.Count - 1)
        from other in Gen.Choose(1, area.Count - 1)
        select (kind, one: area[one], other: area[(one + other) % area.Count]),
        change => ChangeFiles(change.kind, change.one, change.other));

    [Theory]
    [InlineData("journal/active.jsonl", AuditFindingKind.Missing)]
    [InlineData("journal/journal.head", AuditFindingKind.Removed)]
    public async Task A_journal_or_head_that_is_gone_is_reported(string name, AuditFindingKind kind)
    {
        _evidence.Remove(name);

        AuditVerification verdict = await Verify();

        Assert.Contains(verdict.Findings, f => f.Kind == kind && f.Place == name);
    }

    [Fact]
    public async Task A_forged_file_that_continues_the_chain_breaks_what_comes_behind_it()
    {
        string last = _evidence.Records(_evidence.Logs[^1])[^1];
        string forged = TestTrail.Line(
            "Forged", "eve", "shop", false, "product/1", Guid.NewGuid()
                .ToString(), _trail.Now, 16, TestTrail.Hash(Encoding.UTF8.GetBytes(last)));
        _evidence.PutRecords(_evidence.Logs[^1][..^24] + "FORGEDFORGED0001.json.gz", [forged]);

        AuditVerification verdict = await Verify();

        Assert.Equal(AuditAnswer.No, verdict.Intact);
        Assert.Contains(verdict.Findings, f => Names(f, "journal/active.jsonl") && f.Sequence == 16);
    }

    [Fact]
    public async Task A_forged_file_among_digested_ones_is_reported_by_name()
    {
        string name = _evidence.Logs[1];
        string forged = name[..^24] + "FORGEDFORGED0001.json.gz";
        _evidence.PutRecords(forged, [_evidence.Records(name)[0].Replace("\"Event", "\"Forged", StringComparison.Ordinal)]);

        AuditVerification verdict = await Verify();

        Assert.Contains(verdict.Findings, f => f.Kind == AuditFindingKind.Added && f.Place == forged);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_without_a_chain_among_digested_ones_is_added_also_in_a_copy_without_a_journal(bool hasJournal)
    {
        string name = _evidence.Logs[1];
        string forged = name[..^24] + "FORGEDFORGED0001.json.gz";
        _evidence.PutRecords(forged, ["""{"eventVersion":"1.11","eventID":"1","eventName":"Forged"}"""]);
        if (!hasJournal)
        {
            Directory.Delete(Path.Combine(_trail.Root, "journal"), recursive: true);
        }

        AuditVerification verdict = await Verify();

        Assert.Equal(AuditAnswer.No, verdict.Intact);
        Assert.Contains(verdict.Findings, f => f.Kind == AuditFindingKind.Added && f.Place == forged
            && f.Message.StartsWith("No digest names it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_digest_made_with_another_key_is_not_taken()
    {
        using RSA other = RSA.Create(2048);
        string name = _evidence.Digests[^1];
        byte[] content = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(TestTrail.Decompress(_evidence[name]))
                .Replace("oldestEventTime", "oldesteventTime", StringComparison.Ordinal));
        _evidence.Put(name, TestTrail.Compress(content));
        _evidence.Put(name
            + ".sig", Encoding.ASCII.GetBytes(
                Convert.ToHexStringLower(other.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))));

        AuditVerification verdict = await Verify();

        Assert.Contains(verdict.Findings, f => f.Kind == AuditFindingKind.Changed && f.Place == name);
    }

    [Fact]
    public async Task A_newest_digest_taken_away_with_its_signature_is_overdue()
    {
        _evidence.Remove(_evidence.Digests[^1]);
        _evidence.Remove(_evidence.Digests[^1] + ".sig");

        AuditVerification verdict = await Verify(TimeSpan.FromHours(3));

        Assert.Equal((AuditAnswer.Yes, AuditAnswer.No), (verdict.Intact, verdict.Complete));
        Assert.All(_evidence.Logs.Skip(2),
            log => Assert.Contains(verdict.Findings, f => f.Kind == AuditFindingKind.Missing && f.Place == log));
    }

    [Fact]
    public void An_untouched_trail_is_never_blamed()
    {
        // Steps: r record, s seal, d digest, c crash between sealing and emptying the journal, l loss that the trail tells of, t torn tail.
        Gen<string> histories = Gen.Elements("rrrsssdc".ToCharArray()).ArrayOf().Select(steps => new string(steps));
        Prop.ForAll(Arb.From(histories, s => s.Length == 0 ? [] : [s[1..], s[..^1]]), steps =>
        {
            using TestTrail trail = new();
            Play(trail, steps);
            AuditVerification verdict = Verify(trail, default).GetAwaiter().GetResult();
            return verdict.Findings.Select(f => f.ToString())
                .FirstOrDefault(f => trail.Sequence > 0 || !f.Contains("nothing that could", StringComparison.Ordinal)) is not { } cry
                ? true
                : throw new InvalidOperationException($"{steps}: {cry}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static void Play(TestTrail trail, string steps)
    {
        foreach (char step in steps)
        {
            bool canSeal = File.Exists(trail.Active) && new FileInfo(trail.Active).Length > 0;
            switch (step)
            {
                case 'r':
                    trail.RecordMany(2);
                    break;
                case 's' when canSeal:
                    _ = trail.Seal();
                    break;
                case 'c' when canSeal:
                    byte[] left = File.ReadAllBytes(trail.Active);
                    _ = trail.Seal();
                    trail.RecordMany(0);
                    File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(trail.Active)!, "sealing.jsonl"), left);
                    break;
                case 'd':
                    _ = trail.Digest();
                    break;
                default:
                    break;
            }
        }
    }

    private static byte[] Changed(byte[] content, string kind, int at, int much)
    {
        int end = Math.Min(content.Length, at + much);
        return kind switch
        {
            "flip" => [.. content[..at], (byte)(content[at] ^ (1 << (much - 1))), .. content[(at + 1)..]],
            "delete" => [.. content[..at], .. content[end..]],
            "insert" => [.. content[..at], .. Encoding.ASCII.GetBytes("{\"x\": 1}")[..much], .. content[at..]],
            _ => [.. content[..end], .. content[at..]],
        };
    }

    private static bool Names(AuditFinding finding, string name) =>
        finding.Place == name || finding.Place + ".sig" == name || finding.Place == name + ".sig"
        || finding.Message.Contains(name, StringComparison.Ordinal);

    // What proves something is the content. Bytes of the compression that make no difference to it are of no interest, nor is what follows
    // the head.
    private bool MakesNoDifference(string name, byte[] content)
    {
        byte[] original = _evidence[name];
        if (content.AsSpan().SequenceEqual(original))
        {
            return true;
        }

        if (name == "journal/active.jsonl")
        {
            return content.AsSpan().StartsWith(original);
        }

        if (!Evidence.IsCompressed(name) || content.Length != original.Length)
        {
            return false;
        }

        try
        {
            return TestTrail.Decompress(content).AsSpan().SequenceEqual(TestTrail.Decompress(original));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private string? Change(string name, byte[] content)
    {
        if (MakesNoDifference(name, content))
        {
            return null;
        }

        _evidence.Put(name, content);
        return Missed(name);
    }

    private string? ChangeRecords(string name, string kind, int one, int other)
    {
        List<string> records = [.. _evidence.Records(name)];
        string record = records[one];
        switch (kind)
        {
            case "change":
                records[one] = record.Replace("203.0.113.7", "203.0.113.8", StringComparison.Ordinal);
                break;
            case "remove":
                records.RemoveAt(one);
                break;
            case "repeat":
                records.Insert(other, record);
                break;
            case "renumber":
                records[one] = record.Replace("{\"sequence\":", "{\"sequence\":1", StringComparison.Ordinal);
                break;
            case "unstamp":
                records[one] = record.Replace("\"trail\":", "\"trial\":", StringComparison.Ordinal);
                break;
            default:
                (records[one], records[other]) = (records[other], records[one]);
                break;
        }

        _evidence.PutRecords(name, records);
        return Missed(name);
    }

    private string? ChangeFiles(string kind, string one, string other)
    {
        string renamed = one.Replace("/20/", "/19/", StringComparison.Ordinal)
            .Replace("_20261120T", "_20261119T", StringComparison.Ordinal);
        switch (kind)
        {
            case "remove":
                _evidence.Remove(one);

                // Nothing has named a file that is not digested yet; where its records should be is named.
                return one == _evidence.Logs[^1] ? Missed("Records 13 to 15 are not here") : Missed(one);
            case "rename":
                _evidence.Remove(one);
                _evidence.Put(renamed, _evidence[one]);

                // Nothing names a file that is not digested yet but itself.
                return Missed(one, renamed);
            case "copy":
                _evidence.Put(renamed, _evidence[one]);
                return Missed(renamed);
            default:
                _evidence.Put(one, _evidence[other]);
                _evidence.Put(other, _evidence[one]);

                // One that no digest names yet takes any records; then the other one does not have what its digest says.
                return Missed(one, other);
        }
    }

    private string? Missed(string name, string? or = null)
    {
        AuditVerification verdict = Verify().GetAwaiter().GetResult();
        _evidence.Restore();
        return verdict.Intact == AuditAnswer.Yes && verdict.Complete == AuditAnswer.Yes ? $"a change of {name} was not seen"
            : verdict.Findings.Any(f => Names(f, name) || Names(f, or ?? name)) ? null
            : $"a change of {name} was seen elsewhere: {string.Join("; ", verdict.Findings)}";
    }

    private void Check<T>(Gen<T> changes, Func<T, string?> apply) => Prop.ForAll(
        Arb.From(changes),
        change => apply(change) is { } missed ? throw new InvalidOperationException($"{change}: {missed}") : true)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(IsThorough ? 5000 : 120));

    private Task<AuditVerification> Verify(TimeSpan later = default) => Verify(_trail, later);

    private static Task<AuditVerification> Verify(TestTrail trail, TimeSpan later) =>
        new AuditTrailVerifier(
            trail.Root, new AuditVerificationOptions { TimeProvider = new ManualTimeProvider(trail.Now + later) }).VerifyAsync();
}
