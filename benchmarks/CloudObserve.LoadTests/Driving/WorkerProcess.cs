using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using CloudObserve.LoadTests.Working;

namespace CloudObserve.LoadTests.Driving;

/// <summary>
/// Controls the worker as a separate process: it sends commands, reads reports, and ends the worker by a command, a signal or a kill.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    // A worker that makes no progress for this time hangs, and must not block its driver. Work that makes progress may take much longer.
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

    /// <summary>Gets all reports so far.</summary>
    internal IReadOnlyCollection<WorkerState> History => _history;

    /// <summary>Gets the last report, which may be half a second old.</summary>
    internal WorkerState State => _history.Last();

    /// <summary>Gets the library's messages.</summary>
    internal string Errors => string.Join('\n', _errors);

    /// <summary>Gets the command line that starts this program again.</summary>
    internal static string[] Command =>
    [
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        Path.ChangeExtension(typeof(WorkerProcess).Assembly.Location, ".dll"),
    ];

    /// <param name="url">The address of CloudWatch.</param>
    /// <param name="state">The library's state directory.</param>
    /// <param name="settings">Further settings as <c>--key=value</c>.</param>
    internal static async Task<WorkerProcess> StartAsync(Uri url, string state, params IEnumerable<string> settings)
    {
        string[] command = [.. Command, Worker.Role, $"--url={url}", $"--CloudObserve:StateDirectory={state}", .. settings];
        return await StartAsync(new ProcessStartInfo(command[0], command[1..]));
    }

    /// <summary>Starts a worker whose files cannot grow beyond a size, as on a full disk.</summary>
    /// <remarks>Linux only.</remarks>
    /// <param name="url">The address of CloudWatch.</param>
    /// <param name="state">The library's state directory.</param>
    /// <param name="kibibytes">The size in KiB.</param>
    /// <param name="settings">Further settings as <c>--key=value</c>.</param>
    internal static async Task<WorkerProcess> StartOnFullDiskAsync(
        Uri url, string state, int kibibytes, params IEnumerable<string> settings)
    {
        // The signal for exceeding the limit would end the process, but a full disk only fails a write.
        string[] command =
        [
            "-c", $"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$@\"", "bash", .. Command,
            Worker.Role, $"--url={url}", $"--CloudObserve:StateDirectory={state}", .. settings,
        ];
        ProcessStartInfo start = new("bash", command);

        // Otherwise the runtime stores its generated code in in-memory files, to which the limit applies too.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return await StartAsync(start);
    }

    /// <summary>Waits for a report that satisfies a condition.</summary>
    internal async Task<WorkerState> UntilAsync(Func<WorkerState, bool> shows)
    {
        using CancellationTokenSource timeout = new(Patience);
        long done = 0;
        try
        {
            while (true)
            {
                WorkerState state = await _states.Reader.ReadAsync(timeout.Token);
                if (shows(state))
                {
                    return state;
                }

                if (state.Done > done)
                {
                    done = state.Done;
                    timeout.CancelAfter(Patience);
                }
            }
        }
        catch (Exception missing) when (missing is OperationCanceledException or ChannelClosedException)
        {
            throw new InvalidOperationException(
                $"The worker did not reach the expected state. Its last report: {_history.LastOrDefault()}\n{Errors}", missing);
        }
    }

    /// <summary>Sends a command and returns the report that follows it.</summary>
    internal async Task<WorkerState> OrderAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
        return await UntilAsync(s => s.Why == order.Split(' ')[0]);
    }

    /// <summary>Sends a command that ends the process, or may end it.</summary>
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
    /// <returns>The exit status of the process.</returns>
    internal async Task<int> EndAsync()
    {
        using CancellationTokenSource timeout = new(Patience);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    /// <summary>Stops the worker gracefully.</summary>
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
