using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve.Events;

namespace CloudObserve.Benchmarks.Events;

/// <summary>
/// Measures the events a second that sets of rules match on one thread, on a folder with <c>events.jsonl.gz</c> and <c>rules.json</c>.
/// </summary>
/// <remarks>
/// Each set has <c>set</c>, <c>rules</c> (the patterns as JSON text) and <c>matches</c> (the number of events that each rule matches). The
/// numbers are asserted. The time includes the reading of the event, and each rule that matches is counted.
/// </remarks>
internal static class EventStream
{
    private const int Repetitions = 21;
    private const int WarmUps = 3;
    private const int Passes = 7;

    private static readonly int[] ExactRules = [100, 1_000, 5_000];

    /// <summary>Measures all sets and prints a table.</summary>
    internal static int Run(string folder)
    {
        byte[][] events = ReadEvents(Path.Combine(folder, "events.jsonl.gz"));
        Console.WriteLine("| set | rules | events/s, median | slowest–fastest pass | events per CPU second | bytes allocated an event |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Measure("NO_RULES", [], [], events);
        foreach (JsonNode? set in JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "rules.json")))!.AsArray())
        {
            string[] rules = [.. set!["rules"]!.AsArray().Select(static r => r!.GetValue<string>())];
            long[] expected = [.. set["matches"]!.AsArray().Select(static m => m!.GetValue<long>())];
            Measure(set["set"]!.GetValue<string>(), rules, expected, events);
        }

        (string Value, long Events)[] values = [.. events.Select(Lot).CountBy(static v => v).Select(static c => (c.Key, (long)c.Value))];
        foreach (int count in ExactRules)
        {
            Measure(
                string.Create(CultureInfo.InvariantCulture, $"EXACT_{count}_RULES"),
                [.. values.Take(count).Select(static v => $"{{\"properties\":{{\"MAPBLKLOT\":[{JsonSerializer.Serialize(v.Value)}]}}}}")],
                [.. values.Take(count).Select(static v => v.Events)],
                events);
        }

        return 0;
    }

    private static string Lot(byte[] utf8)
    {
        using JsonDocument document = JsonDocument.Parse(utf8);
        return document.RootElement.GetProperty("properties").GetProperty("MAPBLKLOT").GetString()!;
    }

    private static void Measure(string name, string[] rules, long[] expected, byte[][] events)
    {
        EventPatternSet<int> set = new();
        for (int i = 0; i < rules.Length; i++)
        {
            set.Set(i, EventPattern.Parse(rules[i]));
        }

        Counter counter = new(rules.Length);
        double[] seconds = new double[Passes];
        double[] busy = new double[Passes];
        long allocated = 0;
        for (int pass = -WarmUps; pass < Passes; pass++)
        {
            counter.Reset();
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan used = Environment.CpuUsage.TotalTime;
            long started = TimeProvider.System.GetTimestamp();
            for (int i = 0; i < Repetitions; i++)
            {
                foreach (byte[] one in events)
                {
                    _ = set.Match(one, counter);
                }
            }

            if (pass >= 0)
            {
                seconds[pass] = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
                busy[pass] = (Environment.CpuUsage.TotalTime - used).TotalSeconds;
                allocated += GC.GetAllocatedBytesForCurrentThread() - bytes;
            }

            counter.Demand(name, expected, Repetitions);
        }

        Array.Sort(seconds);
        Array.Sort(busy);
        double all = (double)events.Length * Repetitions;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {rules.Length} | {all / seconds[Passes / 2]:N0} | {all / seconds[^1]:N0}–{all / seconds[0]:N0} "
                + $"| {all / busy[Passes / 2]:N0} | {allocated / (all * Passes):0.###} |"));
    }

    private static byte[][] ReadEvents(string file)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
        List<byte[]> events = [];
        while (reader.ReadLine() is { } line)
        {
            events.Add(Encoding.UTF8.GetBytes(line));
        }

        return [.. events];
    }

    // A collection that counts what is added to it.
    private sealed class Counter(int rules) : ICollection<int>
    {
        private readonly long[] _counts = new long[rules];

        public int Count => _counts.Length;

        public bool IsReadOnly => false;

        public void Add(int item) => _counts[item]++;

        public void Clear() => Reset();

        public bool Contains(int item) => _counts[item] > 0;

        public void CopyTo(int[] array, int arrayIndex) => throw new NotSupportedException();

        public IEnumerator<int> GetEnumerator() => throw new NotSupportedException();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw new NotSupportedException();

        public bool Remove(int item) => throw new NotSupportedException();

        internal void Reset() => Array.Clear(_counts);

        internal void Demand(string name, long[] expected, int repetitions)
        {
            for (int i = 0; i < expected.Length; i++)
            {
                if (_counts[i] != expected[i] * repetitions)
                {
                    throw new InvalidOperationException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name}: rule {i} matches {_counts[i] / repetitions} events instead of {expected[i]}"));
                }
            }
        }
    }
}
