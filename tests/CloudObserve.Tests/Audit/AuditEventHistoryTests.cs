using System.Text;
using CloudObserve.Audit;
using CloudObserve.Tests.Audit.Trails;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Audit;

public sealed class AuditEventHistoryTests
{
    [Fact]
    public async Task Events_come_newest_first_from_sealed_files_and_the_journal()
    {
        using TestTrail trail = TestTrail.WithEverything();

        AuditPage page = await Lookup(trail, new AuditLookup());

        Assert.Equal(Enumerable.Range(1, 18).Reverse().Select(n => (long?)n), page.Records.Select(r => r.Sequence));
        Assert.Null(page.NextToken);
        Assert.Empty(page.Unreadable);
    }

    [Fact]
    public async Task A_record_is_what_was_written_to_the_letter()
    {
        using TestTrail trail = new();
        string line = trail.Record("Refund", "zoë", id: "8d0a0f5e-0000-0000-0000-000000000001");

        AuditRecord record = (await Lookup(trail, new AuditLookup())).Records.Single();

        Assert.Equal(line, Encoding.UTF8.GetString(record.Json.Span));
        Assert.Equal(
            ("8d0a0f5e-0000-0000-0000-000000000001", "Refund", "shop", "zoë", "AKzoë", false, "203.0.113.7", null),
            (record.EventId, record.EventName, record.EventSource, record.UserName, record.AccessKeyId, record.ReadOnly,
                record.SourceIPAddress, record.ErrorCode));
        Assert.Equal(trail.Now, record.EventTime);
        Assert.Equal([new AuditResource("product/1", "Shop::Product")], record.Resources);
    }

    [Fact]
    public async Task Everything_that_is_given_must_hold()
    {
        using TestTrail trail = new();
        for (int i = 0; i < 40; i++)
        {
            string name = i % 2 == 0 ? "Refund" : "Price \"x\"";
            _ = trail.Record(
                name, i % 3 == 0 ? "ann" : "zoë", i % 5 == 0 ? "shop" : "stock", i % 4 == 0, $"arn:aws:shop:::product/{i % 6}");
            _ = i % 7 == 6 ? trail.Seal() : "";
        }

        DateTimeOffset start = trail.Now.AddSeconds(-39 * 40);
        await Check(new AuditLookup { EventName = "Refund" }, i => i % 2 == 0);
        await Check(new AuditLookup { EventName = "Price \"x\"", UserName = "zoë" }, i => i % 2 == 1 && i % 3 != 0);
        await Check(new AuditLookup { EventSource = "shop", ReadOnly = true }, i => i % 5 == 0 && i % 4 == 0);
        await Check(new AuditLookup { ReadOnly = false }, i => i % 4 != 0);
        await Check(new AuditLookup { ResourceName = "4" }, i => i % 6 == 4);
        await Check(new AuditLookup { ResourceName = "product/4" }, i => i % 6 == 4);
        await Check(new AuditLookup { ResourceName = "arn:aws:shop:::product/4", ResourceType = "Shop::Product" }, i => i % 6 == 4);
        await Check(new AuditLookup { ResourceName = "product/4", ResourceType = "Shop::Order" }, i => false);
        await Check(new AuditLookup { AccessKeyId = "AKann" }, i => i % 3 == 0);
        await Check(new AuditLookup { AccessKeyId = "Pann" }, i => i % 3 == 0);
        await Check(new AuditLookup { AccessKeyId = "arn:aws:iam::123456789012:user/ann" }, i => i % 3 == 0);
        await Check(new AuditLookup { EventName = "refund" }, i => false);
        await Check(new AuditLookup { Since = start.AddSeconds(40 * 11), Until = start.AddSeconds(40 * 30) }, i => i is >= 11 and <= 30);
        string id = (await Lookup(trail, new AuditLookup())).Records[5].EventId!;
        await Check(new AuditLookup { EventId = id }, i => i == 34);

        async Task Check(AuditLookup lookup, Func<int, bool> holds) => Assert.Equal(
            Enumerable.Range(0, 40).Where(holds).Reverse().Select(i => (long?)i + 1),
            (await Lookup(trail, lookup)).Records.Select(r => r.Sequence));
    }

    [Fact]
    public async Task A_role_and_a_session_are_users_too()
    {
        using TestTrail trail = new();
        string line = trail.Record("Refund");
        string role = line.Replace(
            "\"userName\":\"ann\"", "\"sessionContext\":{\"sessionIssuer\":{\"userName\":\"deploy\"}}", StringComparison.Ordinal)
                .Replace("\"Pann\"", "\"AROA:ann-laptop\"", StringComparison.Ordinal);
        File.WriteAllText(trail.Active, role + "\n");

        foreach (string name in new[] { "deploy", "ann-laptop", "AROA:ann-laptop" })
        {
            Assert.Equal(name != "AROA:ann-laptop", (await Lookup(trail, new AuditLookup { UserName = name })).Records.Count == 1);
        }
    }

    [Fact]
    public void Pages_hold_each_event_once_while_others_are_recorded_and_sealed()
    {
        Gen<(int[] Steps, int Size)> plays = from steps in Gen.Choose(0, 5).ArrayOf() from size in Gen.Choose(1, 4) select (steps, size);
        Prop.ForAll(Arb.From(plays), play => Play(play.Steps, play.Size).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public async Task Lines_in_the_journal_and_in_a_sealed_file_come_once()
    {
        using TestTrail trail = TestTrail.WithEverything();
        string lines = await File.ReadAllTextAsync(trail.Active);
        _ = trail.Seal();
        await File.WriteAllTextAsync(Path.Combine(trail.Root, "journal", "sealing.jsonl"), lines);
        trail.RecordMany(2);

        Assert.Equal(Enumerable.Range(1, 20).Reverse()
            .Select(n => (long?)n), (await Lookup(trail, new AuditLookup())).Records.Select(r => r.Sequence));
    }

    [Fact]
    public async Task CloudTrails_own_files_are_searched_too()
    {
        using TestTrail trail = new();
        _ = trail.WritePlain(3);
        _ = trail.WritePlain(2);

        AuditPage page = await Lookup(trail, new AuditLookup { MaxResults = 4 });
        AuditPage last = await Lookup(trail, new AuditLookup { MaxResults = 4, NextToken = page.NextToken });

        Assert.Equal(["Run1", "Run0", "Run2", "Run1", "Run0"], page.Records.Concat(last.Records).Select(r => r.EventName));
        Assert.Null(last.NextToken);
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_does_not_hide_the_others()
    {
        using TestTrail trail = TestTrail.WithEverything();
        string damaged = trail.LogFiles.ElementAt(2);
        File.WriteAllText(Path.Combine(trail.Root, damaged), "nonsense");

        AuditPage page = await Lookup(trail, new AuditLookup());

        Assert.Equal([damaged], page.Unreadable);
        Assert.Equal(15, page.Records.Count);
    }

    [Fact]
    public async Task Texts_that_are_none_are_shown_as_they_are_written()
    {
        using TestTrail trail = new();
        string line = trail.Record("Refund");
        File.WriteAllText(trail.Active, line.Replace("\"userName\":\"ann\"", "\"userName\":\"\\ud800\"", StringComparison.Ordinal) + "\n");

        Assert.Equal("\\ud800", (await Lookup(trail, new AuditLookup())).Records.Single().UserName);
        Assert.Empty((await Lookup(trail, new AuditLookup { UserName = "ann" })).Records);
    }

    [Theory]
    [InlineData("")]
    [InlineData("journal:")]
    [InlineData("journal:-1")]
    [InlineData("file:1:../../x")]
    [InlineData("file:1:AWSLogs/1/CloudTrail/x")]
    public async Task A_token_that_is_none_is_refused(string token)
    {
        using TestTrail trail = new();
        _ = await Assert.ThrowsAsync<ArgumentException>(() => Lookup(trail, new AuditLookup { NextToken = token }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_page_has_1_to_1000_events(int size)
    {
        using TestTrail trail = new();
        _ = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Lookup(trail, new AuditLookup { MaxResults = size }));
    }

    [Fact]
    public async Task A_page_of_large_records_ends_early_and_loses_none()
    {
        using TestTrail trail = new();
        for (int i = 0; i < 30; i++)
        {
            _ = trail.Record("Large" + new string('x', 1_000_000));
        }

        _ = trail.Seal();
        List<long?> read = [];
        AuditPage? page = null;
        do
        {
            page = await Lookup(trail, new AuditLookup { NextToken = page?.NextToken });
            Assert.InRange(page.Records.Count, 1, 16);
            read.AddRange(page.Records.Select(r => r.Sequence));
        }
        while (page.NextToken is not null);

        Assert.Equal(Enumerable.Range(1, 30).Reverse().Select(n => (long?)n), read);
    }

    // Steps between pages: 0 and 1 record, 2 seal, 3 digest, 4 crash while sealing, 5 nothing.
    private static async Task<bool> Play(int[] steps, int size)
    {
        using TestTrail trail = TestTrail.WithEverything(2);
        long newest = trail.Sequence;
        List<long> read = [];
        string? token = null;
        int step = 0;
        do
        {
            AuditPage page = await Lookup(trail, new AuditLookup { MaxResults = size, NextToken = token });
            read.AddRange(page.Records.Select(r => r.Sequence!.Value));
            token = page.NextToken;
            Do(trail, step < steps.Length ? steps[step] : 5);
            step++;
        }
        while (token is not null);

        Assert.Equal(Enumerable.Range(1, (int)newest).Reverse().Select(n => (long)n), read);
        return true;
    }

    private static void Do(TestTrail trail, int step)
    {
        bool canSeal = File.Exists(trail.Active);
        string sealing = Path.Combine(trail.Root, "journal", "sealing.jsonl");
        switch (step)
        {
            case 0 or 1:
                trail.RecordMany(step + 1);
                break;
            case 2 when canSeal:
                File.Delete(sealing);
                _ = trail.Seal();
                break;
            case 3:
                _ = trail.Digest();
                break;
            case 4 when canSeal:
                File.Copy(trail.Active, sealing, overwrite: true);
                _ = trail.Seal();
                break;
            default:
                break;
        }
    }

    private static Task<AuditPage> Lookup(TestTrail trail, AuditLookup lookup) => new AuditEventHistory(trail.Root).LookupAsync(lookup);
}
