using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>Measures the time that an <c>ILogger</c> call takes on the caller's thread.</summary>
/// <remarks>
/// All libraries write to nothing and none formats: an event is captured and queued, and dropped by the reader between the measurements.
/// Target: at most 0.8 times the best of the others, and no allocation by this library. NLog empties its queue at any time on another
/// thread and cannot be told to wait. Memory that the others allocate is not collected here.
/// </remarks>
public class CallerCost
{
    internal const int Events = 1 << 15;

    private ILogPipeline _pipeline = null!;
    private ThreadTeam _team = null!;
    private Action<ILogger> _log = null!;
    private long _logged;

    /// <summary>Gets or sets the style of log calls.</summary>
    [Params(LogStyle.Generated, LogStyle.Template)]
    public LogStyle Style { get; set; }

    /// <summary>Gets or sets the number of threads that share the events.</summary>
    [Params(1, 2, 4, 8)]
    public int Threads { get; set; }

    [GlobalSetup(Target = nameof(CloudObserve))]
    public void SetupOurs() => Begin(new OurCapture());

    [GlobalSetup(Target = nameof(OpenTelemetry))]
    public void SetupOpenTelemetry() => Begin(new OpenTelemetryLogs(json: false));

    [GlobalSetup(Target = nameof(NLog))]
    public void SetupNLog() => Begin(new NLogLogs(json: false));

    [GlobalSetup(Target = nameof(Serilog))]
    public void SetupSerilog() => Begin(new SerilogLogs(json: false));

    [GlobalCleanup]
    public void Cleanup()
    {
        _team.Dispose();
        _pipeline.Drain();
        if (_pipeline.Arrived != _logged)
        {
            throw new InvalidOperationException($"{_logged} events were logged, {_pipeline.Arrived} arrived");
        }

        _pipeline.Dispose();
    }

    [IterationSetup]
    public void Empty() => _pipeline.Drain();

    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public void OpenTelemetry() => Log();

    [Benchmark(OperationsPerInvoke = Events)]
    public void NLog() => Log();

    [Benchmark(OperationsPerInvoke = Events)]
    public void Serilog() => Log();

    [Benchmark(OperationsPerInvoke = Events)]
    public void CloudObserve() => Log();

    private void Begin(ILogPipeline pipeline)
    {
        _pipeline = pipeline;
        _team = new ThreadTeam(Threads);
        _log = Style == LogStyle.Generated ? ShopMessages.OrderPlacedGenerated : ShopMessages.OrderPlacedByTemplate;
        WarmUp.Run(() =>
        {
            Empty();
            Log();
        });
    }

    private void Log()
    {
        _logged += Events;
        _team.Run(LogShare);
    }

    private void LogShare()
    {
        ILogger logger = _pipeline.Logger;
        for (int i = Events / Threads; i > 0; i--)
        {
            _log(logger);
        }
    }
}
