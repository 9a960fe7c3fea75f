using System.Globalization;
using System.Text;
using CloudObserve.Events;

namespace CloudObserve.Monitoring.Tests.Events;

public sealed class EventPatternSetTests
{
    [Fact]
    public void A_rule_can_be_replaced_and_removed()
    {
        EventPatternSet<string> rules = new();
        List<string> matches = [];
        rules.Set("one", EventPattern.Parse("""{"a":[1]}"""));
        rules.Set("one", EventPattern.Parse("""{"a":[2]}"""));
        rules.Set("two", EventPattern.Parse("""{"a":[{"exists":true}]}"""));

        Assert.Equal((2, 2), (rules.Count, rules.Match("""{"a":2}"""u8, matches)));
        Assert.Equal(["one", "two"], matches.Order());
        Assert.Equal(1, rules.Match("""{"a":1}"""u8, []));
        Assert.True(rules.Remove("two"));
        Assert.False(rules.Remove("two"));
        Assert.Equal(0, rules.Match("""{"a":1}"""u8, []));
        Assert.Equal(0, rules.Match("no event"u8, []));
    }

    [Fact]
    public void A_match_against_a_thousand_rules_allocates_nothing()
    {
        EventPatternSet<int> rules = Thousand();
        byte[] utf8 = Encoding.UTF8.GetBytes("""{"detail":{"shop":"s-500","total":620.5,"items":[{"sku":"A7"},{"sku":"A8","n":1}]}}""");
        List<int> matches = new(1_000);
        for (int i = 0; i < 3; i++)
        {
            matches.Clear();
            _ = rules.Match(utf8, matches);
        }

        Assert.Equal([500], matches);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            matches.Clear();
            _ = rules.Match(utf8, matches);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // The invariant: rules that nobody changes match always, rules that were removed before a match began never, and a rule that a thread
    // has set is seen by its next match.
    [Fact]
    public async Task A_match_sees_each_change_that_returned_before_it()
    {
        const int Threads = 4;
        int rounds = LongRuns.Of(100, 20_000);
        EventPatternSet<string> rules = new();
        for (int i = 0; i < 20; i++)
        {
            rules.Set($"stays-{i.ToString(CultureInfo.InvariantCulture)}", EventPattern.Parse("""{"a":["x"]}"""));
        }

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            string own = $"own-{thread.ToString(CultureInfo.InvariantCulture)}";
            HashSet<string> matches = [];
            for (int round = 0; round < rounds; round++)
            {
                string value = $"{own}-{round.ToString(CultureInfo.InvariantCulture)}";
                byte[] utf8 = Encoding.UTF8.GetBytes($$"""{"a":["x","{{value}}"]}""");
                rules.Set(own, EventPattern.Parse($$"""{"a":["{{value}}"]}"""));
                matches.Clear();
                Assert.Equal(21, rules.Match(utf8, matches));
                Assert.Contains(own, matches);
                Assert.True(rules.Remove(own));
                matches.Clear();
                Assert.Equal(20, rules.Match(utf8, matches));
                Assert.DoesNotContain(own, matches);
            }
        })));

        Assert.Equal(20, rules.Count);
    }

    private static EventPatternSet<int> Thousand()
    {
        EventPatternSet<int> rules = new();
        for (int i = 0; i < 1_000; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            rules.Set(i, EventPattern.Parse(i % 2 == 0
                ? $$"""{"detail":{"shop":["s-{{number}}"],"total":[{"numeric":[">",{{number}}]}]} }"""
                : $$"""{"detail":{"items":{"sku":["A{{number}}"],"n":[{{number}}]} } }"""));
        }

        return rules;
    }
}
