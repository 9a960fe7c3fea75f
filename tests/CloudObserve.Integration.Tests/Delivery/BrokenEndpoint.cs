using CloudObserve.LoadTests.Driving;
using CloudObserve.LoadTests.Working;
using CloudObserve.Testing;

namespace CloudObserve.Integration.Tests.Delivery;

/// <summary>A CloudWatch that can be broken, a state directory that outlives processes, and the processes.</summary>
internal sealed class BrokenEndpoint : IAsyncDisposable
{
    /// <summary>Settings that create batches quickly, for tests that wait for them.</summary>
    internal static readonly string[] Settings =
        ["--CloudObserve:Metrics:PublishInterval=00:00:01", "--CloudObserve:Logs:FlushInterval=00:00:00.2"];

    private readonly List<WorkerProcess> _workers = [];

    internal BrokenEndpoint()
    {
        Aws = ScriptedCloudWatch.Start();
        Aws.CreateLogGroup(Worker.LogGroup, Worker.LogStream);
        Arrivals = new Arrivals(Aws);
    }

    internal ScriptedCloudWatch Aws { get; }

    internal Arrivals Arrivals { get; }

    internal string State { get; } = Directory.CreateTempSubdirectory("cloudobserve-state").FullName;

    internal async Task<WorkerProcess> StartAsync(params IEnumerable<string> settings)
    {
        WorkerProcess worker = await WorkerProcess.StartAsync(Aws.Url, State, [.. Settings, .. settings]);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Lets the service answer again, and starts a process that has nothing of its own to send.</summary>
    internal async Task<WorkerState> RecoverAsync(Func<WorkerState, bool> until)
    {
        Aws.Script.Clear();
        WorkerProcess next = await StartAsync();
        _ = await next.UntilAsync(until);
        return await next.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _workers.ForEach(w => w.Dispose());
        await Aws.DisposeAsync();
        if (Directory.Exists(State))
        {
            Directory.Delete(State, recursive: true);
        }
    }
}
