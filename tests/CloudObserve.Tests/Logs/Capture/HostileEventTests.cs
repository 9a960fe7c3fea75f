using System.Text.Json;
using CloudObserve.Logs.Capture;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs.Capture;

/// <summary>
/// Events that are huge, or of which parts throw: each arrives as valid JSON within the size of an event, with everything that is small and
/// healthy.
/// </summary>
public sealed class HostileEventTests
{
    private readonly LogFixture _fixture = new();

    [Fact]
    public void An_aggregate_of_twenty_long_messages_arrives_shortened()
    {
        AggregateException aggregate =
            new(Enumerable.Range(0, 20).Select(i => new InvalidOperationException($"{i}:{new string('m', 60_000)}")));
        _fixture.Logger.LogError(aggregate, "Order {OrderId} failed", 17);

        JsonElement json = Arrived();
        Assert.True(json.GetProperty("truncated").GetBoolean());
        Assert.Equal("Order 17 failed", json.GetProperty("message").GetString());
        JsonElement exception = json.GetProperty("exception");
        Assert.StartsWith("0:", exception.GetProperty("inner").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(19, exception.GetProperty("others").GetArrayLength());
        Assert.All(exception.GetProperty("others")
            .EnumerateArray(), e => Assert.Equal("System.InvalidOperationException", e.GetProperty("type").GetString()));
    }

    [Fact]
    public void A_list_of_a_million_and_a_half_bytes_arrives_shortened()
    {
        _fixture.Logger.LogInformation("{Before} {Bytes} {After}", "before", new byte[1_500_000], "after");

        JsonElement values = Arrived().GetProperty("values");
        Assert.Equal("before", values.GetProperty("Before").GetString());
        Assert.Equal("after", values.GetProperty("After").GetString());
        Assert.InRange(values.GetProperty("Bytes").GetArrayLength(), 10_000, 1_500_000);
    }

    [Theory]
    [InlineData(LogCapture.DefaultMaxRecordBytes, 20_000)]
    [InlineData(64 * 1024, 500)]
    public void A_hundred_thousand_small_properties_arrive_shortened(int maxRecordBytes, int atLeast)
    {
        LogFixture fixture = new(maxRecordBytes: maxRecordBytes);
        Dictionary<string, object?> state = Enumerable.Range(0, 100_000).ToDictionary(i => $"Property{i}", i => (object?)i);
        using (fixture.Scopes.Push(("Tenant", "t")))
        {
            fixture.Logger.Log(LogLevel.Error, new EventId(5, "Many"), state, new TimeoutException("late"), static (_, _) => "many");
        }

        JsonElement json = Arrived(fixture, maxRecordBytes);
        Assert.Equal("many", json.GetProperty("message").GetString());
        Assert.Equal("t", json.GetProperty("scopes").GetProperty("Tenant").GetString());
        Assert.Equal("late", json.GetProperty("exception").GetProperty("message").GetString());
        JsonProperty[] values = [.. json.GetProperty("values").EnumerateObject()];
        Assert.InRange(values.Length, atLeast, 99_999);
        Assert.All(values.Take(1_000), (v, i) => Assert.Equal(($"Property{i}", i), (v.Name, v.Value.GetInt32())));
    }

    [Fact]
    public void A_hundred_thousand_properties_in_scopes_arrive_shortened()
    {
        using (_fixture.Scopes.Push(Enumerable.Range(0, 100_000).ToDictionary(i => $"P{i}", i => i)))
        using (_fixture.Scopes.Push(Enumerable.Range(0, 100_000).ToDictionary(i => $"P{i}", i => i)))
        {
            _fixture.Logger.LogInformation("{Value}", "healthy");
        }

        JsonElement json = Arrived();
        Assert.Equal("healthy", json.GetProperty("values").GetProperty("Value").GetString());
        Assert.InRange(json.GetProperty("scopes").EnumerateObject().Count(), 20_000, 99_999);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_mixture_of_huge_throwing_and_healthy_parts_arrives_with_the_healthy_ones(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 40; round++)
        {
            int maxRecordBytes = random.Next(3) == 0 ? 64 * 1024 : LogCapture.DefaultMaxRecordBytes;
            LogFixture fixture = new(maxRecordBytes: maxRecordBytes);
            Dictionary<string, object?> values = Mixture(random, "v");
            Dictionary<string, object?> outer = Mixture(random, "o");
            Dictionary<string, object?> inner = Mixture(random, "i");
            Exception? exception = random.Next(3) == 0 ? null : Fault(random, 3);
            using (fixture.Scopes.Push(outer))
            using (fixture.Scopes.Push(random.Next(2) == 0 ? new Throwing.AsText() : ("Healthy", 1)))
            using (fixture.Scopes.Push(inner))
            {
                fixture.Logger.Log(
                    LogLevel.Error, new EventId(round, "Mixture"), values, exception, (_, _) => random.Next(4) == 0
                        ? throw Throwing.Fault : "message");
            }

            JsonElement json = Arrived(fixture, maxRecordBytes);
            AssertHealthy(values, json, "values");
            AssertHealthy(outer, json, "scopes");
            AssertHealthy(inner, json, "scopes");
            Assert.Equal(exception?.GetType().ToString(), exception is null
                ? null : json.GetProperty("exception").GetProperty("type").GetString());
        }
    }

    private static Dictionary<string, object?> Mixture(Random random, string prefix) =>
        Enumerable.Range(0, random.Next(1, 9))
            .ToDictionary(i => $"{prefix}{i}", i => random.Next(3) > 0 ? Healthy(random) : Hostile(random));

    private static object? Healthy(Random random) => random.Next(6) switch
    {
        0 => random.Next(),
        1 => $"text \"{random.Next()}\" \u20AC",
        2 => random.NextDouble(),
        3 => random.Next(2) == 0,
        4 => Guid.NewGuid(),
        _ => null,
    };

    private static object Hostile(Random random) => random.Next(8) switch
    {
        0 => new Throwing(),
        1 => new Throwing.AsText(),
        2 => new string((char)random.Next(1, 0xD000), random.Next(2_000_000)),
        3 => new byte[random.Next(1_500_000)],
        4 => Endless(random.Next(100_000)),
        5 => Enumerable.Repeat<object?>(new Throwing.AsText(), 1_000),
        6 => Enumerable.Repeat(new string('x', 1_000), random.Next(5_000)),
        _ => new Dictionary<string, object?> { ["nested"] = new Throwing() },
    };

    private static Exception Fault(Random random, int depth) => random.Next(depth == 0 ? 2 : 4) switch
    {
        0 => new Throwing.AsException(),
        1 => new InvalidOperationException(new string('e', random.Next(1_500_000))) { Data = { ["Bad"] = new Throwing(), ["Good"] = 1 } },
        2 => new InvalidOperationException("outer", Fault(random, depth - 1)),
        _ => new AggregateException(Enumerable.Range(0, random.Next(1, 10)).Select(_ => Fault(random, depth - 1))),
    };

    private static IEnumerable<object?> Endless(int throwAt)
    {
        for (int i = 0; ; i++)
        {
            yield return i == throwAt ? throw Throwing.Fault : i;
        }
    }

    private static void AssertHealthy(Dictionary<string, object?> given, JsonElement json, string place)
    {
        JsonElement members = json.GetProperty(place);
        foreach ((string name, object? value) in given)
        {
            string read = members.GetProperty(name).ToString();
            if (value is null or string { Length: < 100 } or int or bool or double or Guid)
            {
                Assert.Equal(value is null ? "" : value is double number ? JsonSerializer.Serialize(number) : $"{value}", read);
            }
            else if (value is Throwing or Throwing.AsText)
            {
                Assert.Equal("[failed:InvalidOperationException]", read);
            }
        }
    }

    private JsonElement Arrived() => Arrived(_fixture, LogCapture.DefaultMaxRecordBytes);

    private static JsonElement Arrived(LogFixture fixture, int maxRecordBytes)
    {
        Assert.Empty(fixture.Sink.Refusals);
        Assert.InRange(Assert.Single(fixture.Sink.Records).Length, 1, maxRecordBytes);
        return fixture.Shipped();
    }
}
