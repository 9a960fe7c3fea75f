using System.Globalization;
using System.Text.Json.Nodes;

namespace CloudObserve.Monitoring.Tests.Events;

/// <summary>Makes random patterns and events that often have something to do with each other.</summary>
internal sealed class RandomEvents(int seed)
{
    private static readonly string[] Names = ["a", "b", "c", "a.b", "d"];
    private static readonly string[] Texts = ["", "x", "xy", "Xyz", "yz", "10.0.0.1", "10.0.0.7", "::1", "née", "on", "off"];
    private static readonly string[] Numbers = ["0", "-0.0", "1", "1.0", "10e-1", "2.5", "300", "3e2", "0.1", "9007199254740993", "1e309"];

    private readonly Random _random = new(seed);

    /// <summary>Gets or sets a value indicating whether keys of events can have dots.</summary>
    internal bool HasDots { get; init; } = true;

    internal JsonObject Pattern(int depth = 0, bool isInOr = false)
    {
        JsonObject pattern = [];
        int fields = 1 + _random.Next(3);
        for (int i = 0; i < fields; i++)
        {
            pattern[Pick(Names)] = depth < 2 && _random.Next(3) == 0
                ? Pattern(depth + 1, isInOr)
                : new JsonArray([.. Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Test())]);
        }

        if (depth < 2 && _random.Next(5) == 0)
        {
            pattern["$or"] = new JsonArray(Pattern(depth + 1, isInOr: true), Pattern(depth + 1, isInOr: true));
        }

        return pattern;
    }

    internal JsonObject Event(int depth = 0)
    {
        JsonObject parent = [];
        int members = _random.Next(5);
        for (int i = 0; i < members; i++)
        {
            string name = Pick(Names);
            parent[HasDots ? name : name[..1]] = Value(depth);
        }

        return parent;
    }

    private JsonNode? Value(int depth) => _random.Next(depth > 3 ? 2 : 5) switch
    {
        2 => Event(depth + 1),
        3 or 4 => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth + 1))]),
        _ => Scalar(),
    };

    private JsonNode? Scalar() => _random.Next(6) switch
    {
        0 => null,
        1 => JsonValue.Create(_random.Next(2) == 0),
        2 or 3 => Number(),
        _ => JsonValue.Create(Pick(Texts)),
    };

    private JsonNode Number() => JsonNode.Parse(Pick(Numbers))!;

    private JsonNode? Test() => _random.Next(14) switch
    {
        0 => Operator("prefix", Pick(Texts)),
        1 => Operator("suffix", Pick(Texts)),
        2 => Operator("equals-ignore-case", Pick(Texts)),
        3 => Operator("wildcard", Pick(["x*", "*z", "*y*", "x*z", "*", "", "xy"])),
        4 => new JsonObject { ["prefix"] = Operator("equals-ignore-case", Pick(Texts)) },
        5 => new JsonObject { ["suffix"] = Operator("equals-ignore-case", Pick(Texts)) },
        6 => Operator("cidr", Pick(["10.0.0.0/30", "10.0.0.0/8", "::/64"])),
        7 => new JsonObject { ["exists"] = true },
        8 => new JsonObject { ["exists"] = false },
        9 => new JsonObject { ["anything-but"] = new JsonArray("x", Pick(Texts)) },
        10 => new JsonObject { ["anything-but"] = Operator(Pick(["prefix", "suffix", "wildcard", "equals-ignore-case"]), "x") },
        11 => Numeric(),
        _ => Scalar(),
    };

    private JsonObject Numeric()
    {
        int low = _random.Next(5);
        return new JsonObject
        {
            ["numeric"] = _random.Next(2) == 0
                ? new JsonArray(Pick(["=", "<", "<=", ">", ">="]), JsonNode.Parse(low.ToString(CultureInfo.InvariantCulture)))
                : new JsonArray(Pick([">", ">="]), low, Pick(["<", "<="]), low + 1 + _random.Next(300)),
        };
    }

    private static JsonObject Operator(string name, string text) => new() { [name] = text };

    private string Pick(ReadOnlySpan<string> from) => from[_random.Next(from.Length)];
}
