using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>Measures an event from the call up to bytes, one thread after another.</summary>
/// <remarks>
/// This library's events end as bodies of PutLogEvents: redacted, escaped and batched. The others' end as lines of JSON with the same
/// content, which would still have to be put into a request. Target: at most half of the best.
/// </remarks>
public class WholeWay
{
    private const int Events = 1 << 13;

    private ILogPipeline _pipeline = null!;
    private Action<ILogger> _log = null!;
    private long _logged;

    /// <summary>Gets or sets the style of log calls.</summary>
    [Params(LogStyle.Generated, LogStyle.Template)]
    public LogStyle Style { get; set; }

    [GlobalSetup(Target = nameof(CloudObserve))]
    public void SetupOurs() => Begin(new OurLogs());

    [GlobalSetup(Target = nameof(OpenTelemetry))]
    public void SetupOpenTelemetry() => Begin(new OpenTelemetryLogs(json: true));

    [GlobalSetup(Target = nameof(NLog))]
    public void SetupNLog() => Begin(new NLogLogs(json: true));

    [GlobalSetup(Target = nameof(Serilog))]
    public void SetupSerilog() => Begin(new SerilogLogs(json: true));

    [GlobalCleanup]
    public void Cleanup()
    {
        if (_pipeline.Arrived != _logged)
        {
            throw new InvalidOperationException($"{_logged} events were logged, {_pipeline.Arrived} arrived");
        }

        _pipeline.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public void OpenTelemetry() => Run();

    [Benchmark(OperationsPerInvoke = Events)]
    public void NLog() => Run();

    [Benchmark(OperationsPerInvoke = Events)]
    public void Serilog() => Run();

    [Benchmark(OperationsPerInvoke = Events)]
    public void CloudObserve() => Run();

    private void Begin(ILogPipeline pipeline)
    {
        _pipeline = pipeline;
        _log = Style == LogStyle.Generated ? ShopMessages.OrderPlacedGenerated : ShopMessages.OrderPlacedByTemplate;
        WarmUp.Run(Run);
    }

    private void Run()
    {
        ILogger logger = _pipeline.Logger;
        for (int i = Events; i > 0; i--)
        {
            _log(logger);
        }

        _pipeline.Drain();
        _logged += Events;
    }
}
