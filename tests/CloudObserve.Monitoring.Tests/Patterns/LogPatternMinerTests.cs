using System.Text;
using CloudObserve.Insights;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Monitoring.Tests.Patterns;

public sealed class LogPatternMinerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly string[] Users = ["anna", "bert", "carla", "dora", "emil", "fritz", "gerda", "hans"];

    [Theory]
    [InlineData("order 17 took 12 ms", "order <Number-1> took <Number-2> ms")]
    [InlineData("client 10.0.3.7:443 left", "client <IPAddress-1> left")]
    [InlineData("started at 12:30:45.125 on 2026-03-01", "started at <Time-1> on <Date-2>")]
    [InlineData("""{"time":"2026-11-30T07:00:00Z","at":"07:30"}""", """{"time":"<Time-1>","at":"<Time-2>"}""")]
    [InlineData("request 0f8fad5b-d9cb-469f-a165-70867728950e ended", "request <ID-1> ended")]
    [InlineData("cannot open /var/lib/app/data.db: denied", "cannot open <Token-1>: denied")]
    [InlineData("[client] GET 'C:\\data\\x.txt'", "[client] GET 'C:<Token-1>'")]
    [InlineData("link eth0 is up", "link eth0 is up")]
    [InlineData("  two   spaces\there ", "two spaces here")]
    [InlineData("enabled=true, mode=fast", "enabled=<Token-1>, mode=fast")]
    [InlineData("mail of anna@example.org refused", "mail of <Token-1> refused")]
    [InlineData("Größe überschritten: 5", "Größe überschritten: <Number-1>")]
    [InlineData("", "")]
    public void Values_are_recognized_by_their_form(string message, string pattern) =>
        Assert.Equal(pattern, Assert.Single(Find(message)).Pattern);

    [Fact]
    public void Messages_that_differ_in_values_have_one_pattern() => Assert.Equal(
        [("took <Number-1> ms for <IPAddress-2>", 3), ("took too long", 1)],
        Find("took 5 ms for 10.0.0.1", "took too long", "took 17.5 ms for 10.0.0.2", "took 8 ms for 10.9.0.1")
            .Select(p => (p.Pattern, (int)p.SampleCount)));

    [Fact]
    public void A_list_of_values_and_an_optional_value_in_brackets_do_not_make_another_pattern()
    {
        Assert.Single(Find("moved to 1, 2, 3 by job", "moved to 4 by job", "moved to 5, 6 by job"));
        Assert.Single(Find("sent 1024 bytes (1.0 KB) in time", "sent 312 bytes in time", "sent 5 bytes (5 B) in time"));
    }

    [Fact]
    public void Names_at_one_place_are_values_if_there_are_several_of_them() => Assert.Equal(
        "session opened for user <Token-1> by cron",
        Assert.Single(Find([.. Users.Select(u => $"session opened for user {u} by cron")])).Pattern);

    [Fact]
    public void A_few_words_at_one_place_are_text() => Assert.Equal(
        ["cache miss in store", "cache hit in store"],
        Find("cache miss in store", "cache hit in store", "cache miss in store").Select(p => p.Pattern));

    [Fact]
    public void Names_of_states_in_capital_letters_are_text() =>
        Assert.Equal(3, Find("task went to NEW state", "task went to RUNNING state", "task went to DONE state").Count);

    [Fact]
    public void Where_one_message_has_a_number_the_words_of_the_others_are_values() =>
        Assert.Single(Find("job for tenant 17 ended well", "job for tenant acme ended well", "job for tenant 19 ended well"));

    [Theory]
    [InlineData("ERROR cannot connect", "ERROR")]
    [InlineData("[warn] disk is nearly full", "WARN")]
    [InlineData("""{"level":"Information","message":"started"}""", "INFO")]
    [InlineData("level=debug msg=start", "DEBUG")]
    [InlineData("this is an error of mine", null)]
    public void The_severity_is_the_one_that_the_messages_name(string message, string? severity) =>
        Assert.Equal(severity, Assert.Single(Find(message)).SeverityLabel);

    [Fact]
    public void A_pattern_has_a_share_a_sample_and_the_times_of_its_first_and_last_message()
    {
        LogPatternMiner miner = new();
        miner.Add("took 5 ms"u8, Start.AddMinutes(5));
        miner.Add("took 6 ms"u8, Start);
        miner.Add("took 7 ms"u8, Start.AddMinutes(9));
        miner.Add("done"u8);

        LogPattern[] found = [.. miner.Find().Patterns];

        Assert.Equal(new LogPattern("took <Number-1> ms", 3, 0.75, null, "took 5 ms", Start, Start.AddMinutes(9)), found[0]);
        Assert.Equal(new LogPattern("done", 1, 0.25, null, "done", null, null), found[1]);
    }

    [Fact]
    public void More_messages_can_be_added_after_patterns_were_found()
    {
        LogPatternMiner miner = new();
        int one = miner.Add("took 5 ms"u8);
        LogPatterns first = miner.Find();
        int other = miner.Add("took far too long"u8);
        LogPatterns second = miner.Find();

        Assert.Single(first.Patterns);
        Assert.Throws<ArgumentOutOfRangeException>(() => first.IndexOf(other));
        Assert.Throws<ArgumentOutOfRangeException>(() => first.IndexOf(-1));
        Assert.Equal("took far too long", second.Patterns[second.IndexOf(other)].Pattern);
        Assert.Equal("took <Number-1> ms", second.Patterns[second.IndexOf(one)].Pattern);
    }

    [Fact]
    public void Shapes_are_bounded_alike_ones_are_joined_early_and_every_message_counts()
    {
        LogPatternMiner miner = new(maxShapes: 64);
        int[] opened = [.. Enumerable.Range(0, 500).Select(i => Add(miner, $"session opened for user {Letters(i)} by cron"))];

        LogPatterns joined = miner.Find();
        Assert.Equal(0, miner.UngroupedCount);
        Assert.Equal(["session opened for user <Token-1> by cron"], joined.Patterns.Select(p => p.Pattern));
        Assert.All(opened, shape => Assert.Equal(0, joined.IndexOf(shape)));

        int[] different =
            [.. Enumerable.Range(0, 500).Select(i => Add(miner, string.Join(' ', Enumerable.Repeat(Letters(i), (i % 50) + 2))))];
        LogPatterns found = miner.Find();

        Assert.True(miner.UngroupedCount is > 400 and < 500);
        Assert.Equal(1_000, found.Patterns.Sum(p => p.SampleCount));
        Assert.Equal(miner.UngroupedCount, found.Patterns.Single(p => p.Pattern == "<Token-1>").SampleCount);
        Assert.Equal("<Token-1>", found.Patterns[found.IndexOf(different[^1])].Pattern);
        Assert.Equal("session opened for user <Token-1> by cron", found.Patterns[found.IndexOf(opened[3])].Pattern);
    }

    [Fact]
    public void Long_messages_that_all_differ_take_bounded_memory_and_time()
    {
        LogPatternMiner miner = new();
        for (int i = 0; i < 3_000; i++)
        {
            Add(miner, string.Join(' ', Enumerable.Range(0, 255).Select(j => j == i % 255 ? Letters(i) : Letters(j))));
        }

        Assert.True(miner.UngroupedCount > 0);
        Assert.Equal(3_000, miner.Find().Patterns.Sum(p => p.SampleCount));
    }

    [Fact]
    public void Messages_of_known_shapes_are_added_without_allocation()
    {
        LogPatternMiner miner = new();
        byte[] message = "GET /orders/17 took 12 ms (1.5 KB) for user anna at 10.0.0.1:443"u8.ToArray();
        for (int i = 0; i < 200; i++)
        {
            miner.Add(message, Start);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            miner.Add(message, Start);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Any_bytes_are_a_message_and_no_message_is_lost() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[][]>(),
        messages =>
        {
            LogPatternMiner miner = new();
            int[] shapes = [.. messages.Select(m => miner.Add(m ?? []))];
            LogPatterns found = miner.Find();
            Assert.Equal(messages.Length, found.Patterns.Sum(p => p.SampleCount));
            Assert.Equal(
                shapes.GroupBy(found.IndexOf).OrderBy(g => g.Key).Select(g => g.LongCount()), found.Patterns.Select(p => p.SampleCount));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Numbers_never_decide_about_the_pattern()
    {
        Gen<string> words = Gen.Elements("order", "took", "user=anna", "(retry)", "[eu]", "for:", "\"shop\"", "a,b", "..", "<none>");
        Gen<string[]> texts = Gen.Choose(1, 9).SelectMany(n => words.ArrayOf(n));
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            LogPatternMiner miner = new();
            int[] shapes = [.. Enumerable.Range(0, 20).Select(i => Add(miner, string.Join($" {i * 37} ", text) + $" {i}"))];
            Assert.Single(shapes.Distinct());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void The_order_of_messages_does_not_change_the_groups()
    {
        Gen<string> messages =
            from user in Gen.Elements(Users)
            from number in Gen.Choose(1, 30)
            from form in Gen.Elements(
                "login of {0} failed", "took {1} ms for user {0}", "{0} is {1} of 30", "state changed to {0}", "no {1}")
            select string.Format(null, CompositeFormat.Parse(form), user, number);
        Prop.ForAll(messages.ArrayOf(60).ToArbitrary(), drawn =>
        {
            string[] distinct = [.. drawn.Distinct()];
            Assert.Equal(Groups(distinct), Groups([.. distinct.Reverse()]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static SortedSet<string> Groups(string[] messages)
    {
        LogPatternMiner miner = new();
        int[] shapes = [.. messages.Select(m => Add(miner, m))];
        LogPatterns found = miner.Find();
        return [.. messages.Zip(shapes, (message, shape) => (message, Pattern: found.IndexOf(shape))).GroupBy(m => m.Pattern)
            .Select(g => string.Join('|', g.Select(m => m.message).Order()))];
    }

    private static IReadOnlyList<LogPattern> Find(params string[] messages)
    {
        LogPatternMiner miner = new();
        foreach (string message in messages)
        {
            Add(miner, message);
        }

        return miner.Find().Patterns;
    }

    private static int Add(LogPatternMiner miner, string message) => miner.Add(Encoding.UTF8.GetBytes(message));

    // Distinct words without digits.
    private static string Letters(int number) =>
        string.Concat(number.ToString("D4", System.Globalization.CultureInfo.InvariantCulture).Select(d => (char)('k' + d - '0')));
}
