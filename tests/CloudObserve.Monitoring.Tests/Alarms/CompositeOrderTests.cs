using CloudObserve.Monitoring.Alarms.Rules;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>The order of composite alarms, and cycles.</summary>
public sealed class CompositeOrderTests
{
    [Fact]
    public void Children_come_before_the_alarms_that_use_them()
    {
        List<string> order = CompositeOrder.Of(
            Rules(("all", ["shop", "cpu"]), ("shop", ["pay", "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:cart"]), ("cart", ["cpu"]),
                ("pay", ["cart"])),
            out IReadOnlyList<string> cycle);

        Assert.Empty(cycle);
        Assert.Equal(["cart", "pay", "shop", "all"], order);
    }

    [Fact]
    public void A_cycle_is_named_along_its_way()
    {
        _ = CompositeOrder.Of(Rules(("all", ["a"]), ("a", ["x", "b"]), ("b", ["c"]), ("c", ["a"])), out IReadOnlyList<string> cycle);

        Assert.Equal(["a", "b", "c", "a"], cycle);
    }

    [Fact]
    public void An_alarm_that_uses_itself_is_a_cycle()
    {
        _ = CompositeOrder.Of(Rules(("a", ["a"])), out IReadOnlyList<string> cycle);

        Assert.Equal(["a", "a"], cycle);
    }

    [Fact]
    public void A_chain_of_any_length_is_ordered()
    {
        var rules = Enumerable.Range(0, 100_000).ToDictionary(i => $"c{i}", i => (IReadOnlyList<string>)[$"c{i + 1}"]);

        List<string> order = CompositeOrder.Of(rules, out IReadOnlyList<string> cycle);

        Assert.Empty(cycle);
        Assert.Equal(("c99999", "c0", 100_000), (order[0], order[^1], order.Count));
    }

    [Fact]
    public void Two_ways_to_one_alarm_are_no_cycle()
    {
        List<string> order = CompositeOrder.Of(
            Rules(("top", ["l", "r"]), ("l", ["base"]), ("r", ["base"]), ("base", ["m"])), out IReadOnlyList<string> cycle);

        Assert.Empty(cycle);
        Assert.Equal(["base", "l", "r", "top"], order);
    }

    private static Dictionary<string, IReadOnlyList<string>> Rules(params (string Name, string[] Children)[] rules) =>
        rules.ToDictionary(r => r.Name, r => (IReadOnlyList<string>)r.Children);
}
