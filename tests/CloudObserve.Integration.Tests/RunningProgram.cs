using System.Collections.Concurrent;
using System.Diagnostics;

namespace CloudObserve.Integration.Tests;

/// <summary>
/// A program of this repository as a real process: started, watched by what it prints, and ended by itself or by a signal.
/// </summary>
internal sealed class RunningProgram : IDisposable
{
    // Far longer than any run here lasts; it only keeps a hung process from hanging the tests.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Lock _lock = new();

    // Guarded by the gate: what somebody waits for.
    private (Func<string, bool> IsMeant, TaskCompletionSource Printed)? _awaited;

    private RunningProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data, _output);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, _errors);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyCollection<string> Output => _output;

    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Gets the command that runs a program.</summary>
    public static string[] Command(string program) => [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", program];

    public static RunningProgram Start(
        string program, IEnumerable<KeyValuePair<string, string>> environment, params IEnumerable<string> arguments)
    {
        string[] command = Command(program);
        ProcessStartInfo start = new(command[0], [command[1], .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new RunningProgram(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>Completes when a line is printed, or has been, that is meant.</summary>
    public async Task PrintedAsync(Func<string, bool> isMeant)
    {
        TaskCompletionSource printed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited = (isMeant, printed);
            if (_output.Concat(_errors).Any(isMeant))
            {
                return;
            }
        }

        await printed.Task.WaitAsync(Patience);
    }

    public Task TypeAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    public void EndInput() => _process.StandardInput.Close();

    public async Task TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the process to end as it should.</summary>
    public async Task EndedAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        await _process.WaitForExitAsync(patience.Token);
        Assert.True(_process.ExitCode == 0,
            $"The program ended with status {_process.ExitCode}.\n{string.Join('\n', _output.Concat(_errors))}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Keep(string? line, ConcurrentQueue<string> kept)
    {
        // A null marks the end of the stream, which is no line.
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            kept.Enqueue(line);
            if (_awaited is { } awaited && awaited.IsMeant(line))
            {
                _ = awaited.Printed.TrySetResult();
            }
        }
    }
}
