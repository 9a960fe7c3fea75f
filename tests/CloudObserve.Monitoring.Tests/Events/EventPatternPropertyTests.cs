using System.Text;
using System.Text.Json.Nodes;
using CloudObserve.Events;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Monitoring.Tests.Events;

/// <summary>Random patterns and events, compared with the evaluator over documents.</summary>
public sealed class EventPatternPropertyTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    private static Config Cases => Config.QuickThrowOnFailure.WithMaxTest(LongRuns.Of(100, 20_000));

    [Fact]
    public void A_pattern_matches_what_the_reference_matches() => Prop.ForAll(Seeds, static seed =>
    {
        RandomEvents random = new(seed) { HasDots = seed % 2 == 0 };
        JsonObject pattern = random.Pattern();
        EventPattern parsed = EventPattern.Parse(pattern.ToJsonString());
        for (int i = 0; i < 10; i++)
        {
            JsonObject document = random.Event();
            byte[] utf8 = Encoding.UTF8.GetBytes(document.ToJsonString());
            bool expected = ReferenceMatcher.IsMatch(pattern, document);

            Assert.True(expected == parsed.IsMatch(utf8), $"{parsed.Text} on {document.ToJsonString()}: {!expected} instead of {expected}");
            Assert.Equal(expected, parsed.Explain(utf8) is null);
        }
    }).Check(Cases);

    [Fact]
    public void A_set_matches_what_each_of_its_patterns_matches() => Prop.ForAll(Seeds, static seed =>
    {
        RandomEvents random = new(seed);
        EventPattern[] patterns = [.. Enumerable.Range(0, 30).Select(_ => EventPattern.Parse(random.Pattern().ToJsonString()))];
        EventPatternSet<int> set = new();
        for (int i = 0; i < patterns.Length; i++)
        {
            set.Set(i, patterns[i]);
        }

        Assert.True(set.Remove(seed % 30));
        List<int> matches = [];
        for (int i = 0; i < 10; i++)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(random.Event().ToJsonString());
            matches.Clear();

            Assert.Equal(set.Match(utf8, matches), matches.Count);
            Assert.Equal(
                Enumerable.Range(0, patterns.Length).Where(p => p != seed % 30 && patterns[p].IsMatch(utf8)), matches.Order());
        }
    }).Check(Cases);

    [Fact]
    public void A_damaged_pattern_or_event_is_refused_or_read_and_nothing_else() => Prop.ForAll(Seeds, static seed =>
    {
        RandomEvents random = new(seed);
        Random damage = new(seed);
        string pattern = Damage(random.Pattern().ToJsonString(), damage);
        byte[] utf8 = Encoding.UTF8.GetBytes(Damage(random.Event().ToJsonString(), damage));
        if (!EventPattern.TryParse(pattern, out EventPattern? parsed, out EventPatternError? error))
        {
            Assert.InRange(error.Position, 0, pattern.Length);
            Assert.NotEqual("", error.Message);
            return;
        }

        Assert.Equal(parsed.IsMatch(utf8), parsed.Explain(utf8) is null);
        Assert.Equal(IsObject(utf8), parsed.Explain(utf8) != "the event is not a JSON object of at most 1,000 levels");
    }).Check(Cases);

    private static bool IsObject(byte[] utf8)
    {
        try
        {
            return JsonNode.Parse(utf8) is JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static string Damage(string text, Random random)
    {
        StringBuilder damaged = new(text);
        int faults = random.Next(4);
        for (int i = 0; i < faults && damaged.Length > 0; i++)
        {
            int at = random.Next(damaged.Length);
            _ = random.Next(3) switch
            {
                0 => damaged.Remove(at, Math.Min(damaged.Length - at, 1 + random.Next(3))),
                1 => damaged.Insert(at, "{}[]\",:\\*$.0-1eEtn\u0001é"[random.Next(20)]),
                _ => damaged.Insert(at, text[..random.Next(Math.Min(text.Length, 12))]),
            };
        }

        return damaged.ToString();
    }
}
