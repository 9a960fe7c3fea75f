using System.Buffers;
using BenchmarkDotNet.Attributes;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.Logs;
using CloudObserve.Logs.Capture;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>Measures the cost that the search for credentials adds to the formatting of an event without credentials.</summary>
/// <remarks>Target: at most a quarter.</remarks>
public class RedactionShare
{
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly ArrayBufferWriter<byte> _redacted = new(64 * 1024);
    private readonly JsonLogEventFormatter _formatter = new();
    private readonly Redactor _redactor = new(new RedactionOptions());
    private readonly InternTable _texts = new();
    private readonly KeepingSink _sink = new();

    [GlobalSetup]
    public void Setup()
    {
        using CloudObserveLoggerProvider provider = new(_sink, TimeProvider.System, _texts, LogCapture.DefaultMaxRecordBytes);
        ShopMessages.OrderPlacedGenerated(provider.CreateLogger(LoggerFactories.Category));
        Format();
    }

    [Benchmark(Baseline = true)]
    public int Format()
    {
        _output.ResetWrittenCount();
        _formatter.Format(new LogEvent(_sink.Record, _texts), _output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public bool Redact() => _redactor.TryRedact(_output.WrittenSpan, _redacted);
}
