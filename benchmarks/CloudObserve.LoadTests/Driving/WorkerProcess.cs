using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using CloudObserve.LoadTests.Working;

namespace CloudObserve.LoadTests.Driving;

/// <summary>The worker as a process of its own: told what to do, watched by what it reports, and ended by an order, a signal or a kill.</summary>
internal sealed class WorkerProcess : IDisposable
{
    // A worker that gets nothing done for so long hangs, and must not hang its driver. What it gets done may take much longer.
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Channel<WorkerState> _states = Channel.CreateUnbounded<WorkerState>();
    private readonly ConcurrentQueue<WorkerState> _history = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private WorkerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Gets every report so far.</summary>
    internal IReadOnlyCollection<WorkerState> History => _history;

    /// <summary>Gets the last report; what it says may be half a second old.</summary>
    internal WorkerState State => _history.Last();

    /// <summary>Gets what the library said, for people.</summary>
    internal string Errors => string.Join('\n', _errors);

    /// <summary>Gets what starts this program once more.</summary>
    internal static string[] Command =>
        [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.ChangeExtension(typeof(WorkerProcess).Assembly.Location, ".dll")];

    /// <param name="url">Where CloudWatch is.</param>
    /// <param name="state">The library's state directory.</param>
    /// <param name="settings">Further settings, as <c>--key=value</c>.</param>
    internal static async Task<WorkerProcess> StartAsync(Uri url, string state, params IEnumerable<string> settings)
    {
        string[] command = [.. Command, Worker.Role, $"--url={url}", $"--CloudObserve:StateDirectory={state}", .. settings];
        return await StartAsync(new ProcessStartInfo(command[0], command[1..]));
    }

    /// <summary>Starts a worker for which every file ends at some size, as if the disk were full then. Linux only.</summary>
    /// <param name="url">Where CloudWatch is.</param>
    /// <param name="state">The library's state directory.</param>
    /// <param name="kibibytes">The size.</param>
    /// <param name="settings">Further settings, as <c>--key=value</c>.</param>
    internal static async Task<WorkerProcess> StartOnFullDiskAsync(Uri url, string state, int kibibytes, params IEnumerable<string> settings)
    {
        // The signal that goes with the limit would end the process, where a disk that is full only fails a write.
        string[] command =
        [
            "-c", $"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$@\"", "bash", .. Command,
            Worker.Role, $"--url={url}", $"--CloudObserve:StateDirectory={state}", .. settings,
        ];
        ProcessStartInfo start = new("bash", command);

        // The runtime keeps its own code in files in memory otherwise, which the limit would meet too.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return await StartAsync(start);
    }

    /// <summary>Waits for a report that shows what is asked for.</summary>
    internal async Task<WorkerState> UntilAsync(Func<WorkerState, bool> shows)
    {
        using CancellationTokenSource patience = new(Patience);
        long done = 0;
        try
        {
            while (true)
            {
                WorkerState state = await _states.Reader.ReadAsync(patience.Token);
                if (shows(state))
                {
                    return state;
                }

                if (state.Done > done)
                {
                    done = state.Done;
                    patience.CancelAfter(Patience);
                }
            }
        }
        catch (Exception missing) when (missing is OperationCanceledException or ChannelClosedException)
        {
            throw new InvalidOperationException($"The worker never came to what was waited for. Its last report: {_history.LastOrDefault()}\n{Errors}", missing);
        }
    }

    /// <summary>Has an order carried out and gives the report that follows it.</summary>
    internal async Task<WorkerState> OrderAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
        return await UntilAsync(s => s.Why == order.Split(' ')[0]);
    }

    /// <summary>Gives an order that ends the process, or may.</summary>
    internal async Task TellAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
    }

    internal void Kill() => _process.Kill();

    internal async Task TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end of the process.</summary>
    /// <returns>Its exit status.</returns>
    internal async Task<int> EndAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Stops the worker in an orderly way.</summary>
    /// <returns>The last report.</returns>
    internal async Task<WorkerState> StopAsync()
    {
        await TellAsync("stop");
        WorkerState last = await UntilAsync(s => s.Why == "stopped");
        int status = await EndAsync();
        return status == 0 ? last : throw new InvalidOperationException($"The worker ended with status {status}.\n{Errors}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static async Task<WorkerProcess> StartAsync(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        WorkerProcess worker = new(Process.Start(start) ?? throw new InvalidOperationException("The worker did not start."));
        _ = await worker.UntilAsync(s => s.Why == "started");
        return worker;
    }

    private void Keep(string? line)
    {
        // A null marks the end of the stream.
        if (line is null)
        {
            _ = _states.Writer.TryComplete();
            return;
        }

        WorkerState state = JsonSerializer.Deserialize<WorkerState>(line)!;
        _history.Enqueue(state);
        _ = _states.Writer.TryWrite(state);
    }
}
