using System.Globalization;
using BenchmarkDotNet.Attributes;
using CloudObserve.Events;

namespace CloudObserve.Benchmarks.Events;

/// <summary>Measures one event against one rule, against a set of 1,000 rules, and against the same rules one after the other.</summary>
/// <remarks>Targets: 1,000 rules cost at most ten times one rule and a twentieth of the loop, without allocation.</remarks>
[MemoryDiagnoser]
public class EventBenchmarks
{
    private const int Rules = 1_000;

    private readonly EventPattern[] _patterns = new EventPattern[Rules];
    private readonly EventPatternSet<int> _one = new();
    private readonly EventPatternSet<int> _thousand = new();
    private readonly List<int> _matches = new(Rules);
    private readonly byte[] _event =
        """
        {"version":"0","id":"6a7e8feb-b491-4cf7-a9f1-bf3703467718","detail-type":"Refund","source":"shop","account":"111122223333",
        "time":"2026-11-30T12:00:00Z","region":"us-east-1","resources":["arn:aws:shop:us-east-1:111122223333:order/8812"],
        "detail":{"order":"8812","customer":{"id":"c-4711","tier":"gold"},"shop":"s-500","total":620.5,"reason":"damaged in transit",
        "items":[{"sku":"A1","quantity":1,"price":99.5},{"sku":"B2","quantity":3,"price":173.67}]}}
        """u8.ToArray();

    /// <summary>Adds the rules: half of them on the shop and the total, the others on the articles, the tier and the reason.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        for (int i = 0; i < Rules; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            string detail = (i % 4) switch
            {
                0 or 1 => $$"""{"shop":["s-{{number}}"],"total":[{"numeric":[">",{{number}}]}]}""",
                2 => $$"""{"items":{"sku":["A{{number}}"],"quantity":[{"numeric":[">=",{{number}}]}]} }""",
                _ => $$"""{"customer":{"tier":[{"prefix":"go"}],"id":["c-{{number}}"]},"reason":[{"wildcard":"*transit {{number}}"}]}""",
            };
            _patterns[i] = EventPattern.Parse($$"""{"source":["shop"],"detail-type":["Refund"],"detail":{{detail}} }""");
            _thousand.Set(i, _patterns[i]);
        }

        _one.Set(500, _patterns[500]);
        if (One() != 1 || Thousand() != 1 || Loop() != 1)
        {
            throw new InvalidOperationException("One rule must match.");
        }
    }

    /// <summary>Matches the event against one rule.</summary>
    [Benchmark(Baseline = true)]
    public int One()
    {
        _matches.Clear();
        return _one.Match(_event, _matches);
    }

    /// <summary>Matches the event against 1,000 rules at once.</summary>
    [Benchmark]
    public int Thousand()
    {
        _matches.Clear();
        return _thousand.Match(_event, _matches);
    }

    /// <summary>Matches the event against 1,000 rules, one after the other.</summary>
    [Benchmark]
    public int Loop()
    {
        int matches = 0;
        foreach (EventPattern pattern in _patterns)
        {
            matches += pattern.IsMatch(_event) ? 1 : 0;
        }

        return matches;
    }
}
