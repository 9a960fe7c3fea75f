using System.Diagnostics;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CloudObserve.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.Benchmarks.Audit;

/// <summary>Measures a durable audit record from the call until it is on disk.</summary>
/// <remarks>
/// The baseline is durability without group commit: one file, and one flush for each record. Target: with 16 writers at least eight times
/// as many records. One file per event, as some audit libraries write, is not durable at all. All cases use the same disk. The latencies of
/// single records are printed at the end of each case.
/// </remarks>
public class AuditRecords
{
    private const int Records = 512;

    private readonly LatencyTable _latencies = new();
    private DirectoryInfo _directory = null!;
    private ServiceProvider _services = null!;
    private IAuditTrail _trail = null!;
    private FileStream _file = null!;
    private long _files;

    /// <summary>Gets or sets the number of concurrent writers; each waits for one record before the next.</summary>
    [Params(1, 16)]
    public int Writers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // Below the working directory, because a temporary directory may be in memory.
        _directory = Directory.CreateDirectory(Path.Combine(Environment.CurrentDirectory, $"audit-{Guid.NewGuid():N}"));
        ServiceCollection services = new();
        _ = services.AddCloudObserve().WithAuditTrail(a =>
        {
            a.Directory = Path.Combine(_directory.FullName, "trail");
            a.PublishMetrics = false;
        });
        _services = services.BuildServiceProvider();
        _trail = _services.GetRequiredService<IAuditTrail>();
        _file = File.Open(Path.Combine(_directory.FullName, "one.jsonl"), FileMode.Create);
        WarmUp.Run(() => GroupCommit().GetAwaiter().GetResult());
        _latencies.Clear();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        Console.WriteLine($"// {Writers} writers: {_latencies}");
        _services.Dispose();
        _file.Dispose();
        _directory.Delete(recursive: true);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public Task OneFlushEach() => RunAsync(i =>
    {
        byte[] line = Line(i);
        lock (_file)
        {
            _file.Write(line);
            _file.Flush(flushToDisk: true);
        }

        return ValueTask.CompletedTask;
    });

    [Benchmark(OperationsPerInvoke = Records)]
    public Task OneFileEachNotDurable() => RunAsync(i =>
    {
        File.WriteAllBytes(Path.Combine(_directory.FullName, $"{Interlocked.Increment(ref _files)}.json"), Line(i));
        return ValueTask.CompletedTask;
    });

    [Benchmark(OperationsPerInvoke = Records)]
    public Task GroupCommit() => RunAsync(i => _trail.RecordAsync(new AuditEvent("RefundOrder")
    {
        UserIdentity = new AuditIdentity("IAMUser") { UserName = "ann", PrincipalId = "u-1" },
        SourceIPAddress = "203.0.113.7",
        RequestParameters = new AuditData { ["orderId"] = i, ["amount"] = 12.5m },
        Resources = [new AuditResource("order/42", "Shop::Order")],
    }));

    private static byte[] Line(int i)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteString("eventName", "RefundOrder");
            json.WriteString("userName", "ann");
            json.WriteString("sourceIPAddress", "203.0.113.7");
            json.WriteNumber("orderId", i);
            json.WriteString("padding", new string('p', 500));
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private Task RunAsync(Func<int, ValueTask> record) => Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
    {
        for (int i = Records / Writers; i > 0; i--)
        {
            long start = Stopwatch.GetTimestamp();
            await record(i);
            _latencies.Add(Stopwatch.GetElapsedTime(start));
        }
    })));
}
