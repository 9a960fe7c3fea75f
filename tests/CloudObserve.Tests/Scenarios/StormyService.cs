using System.Globalization;
using CloudObserve.Delivery;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Scenarios;

/// <summary>
/// A service in changing weather: well, out, throttling, forgetting to answer, or all of it at once; and some items it will never take.
/// </summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class StormyService
{
    // Every so many items one is at fault.
    private const int PoisonEvery = 997;

    // One chance in so many that the weather changes with a step: it lasts for some hours.
    private const int Change = 20;

    private readonly Lock _lock = new();
    private readonly Random _random;
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private Weather _weather;
    private long _unanswered;

    internal StormyService(int seed)
    {
        _random = new Random(seed);
        Sink = new ScriptedSink((batch, _) => Answer(Batches.ItemsOf(batch)));
    }

    private enum Weather
    {
        Fair,
        Out,
        Throttling,
        Forgetful,
        Denied,
        Storm,
    }

    internal ScriptedSink Sink { get; }

    internal long Distinct => Read(() => _taken.Count);

    internal long Duplicates => Read(() => _taken.Values.Sum(times => times - 1L));

    /// <summary>Gets the number of items accepted without a response.</summary>
    internal long Unanswered => Read(() => _unanswered);

    internal static string[] Items(long from, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (from + i).ToString("D7", CultureInfo.InvariantCulture))];

    internal static long PoisonIn(long count) => (count + PoisonEvery - 1) / PoisonEvery;

    internal void Turn(Random random)
    {
        lock (_lock)
        {
            _weather = random.Next(Change) == 0 ? (Weather)random.Next(Enum.GetValues<Weather>().Length) : _weather;
        }
    }

    internal void Clear()
    {
        lock (_lock)
        {
            _weather = Weather.Fair;
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    private SendResult Answer(string[] items)
    {
        lock (_lock)
        {
            int chance = _random.Next(100);
            return _weather switch
            {
                Weather.Out => SendResult.Failed(ErrorClass.Unavailable, "ServiceUnavailable", "out"),
                Weather.Denied => SendResult.Failed(ErrorClass.Unauthorized, "AccessDenied", "no"),
                Weather.Throttling
                    when chance < 70 => SendResult.Failed(ErrorClass.Throttled, "Throttling", "slowly", TimeSpan.FromSeconds(chance)),
                Weather.Forgetful when chance < 50 => Take(items, isAnswered: false),
                Weather.Storm when chance < 30 => SendResult.Failed(ErrorClass.MissingResource, "ResourceNotFound", "where"),
                Weather.Storm when chance < 60 => Take(items, isAnswered: chance % 2 == 0),
                Weather.Storm when chance < 90 => SendResult.Failed(ErrorClass.Throttled, "Throttling", "slowly"),
                _ => Take(items, isAnswered: true),
            };
        }
    }

    private SendResult Take(string[] items, bool isAnswered)
    {
        if (items.Any(i => long.Parse(i, CultureInfo.InvariantCulture) % PoisonEvery == 0))
        {
            return SendResult.Failed(ErrorClass.Invalid, "InvalidParameterValue", "never");
        }

        foreach (string item in items)
        {
            _taken[item] = _taken.GetValueOrDefault(item) + 1;
        }

        _unanswered += isAnswered ? 0 : items.Length;
        return isAnswered ? SendResult.Delivered() : SendResult.Failed(ErrorClass.Ambiguous, "NoAnswer", "cut");
    }
}
