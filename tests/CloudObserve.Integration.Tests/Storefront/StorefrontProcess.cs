using System.Collections.Concurrent;
using System.Diagnostics;

namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>The sample shop as a real process: started, watched by what it prints, and ended by itself or by a signal.</summary>
internal sealed class StorefrontProcess : IDisposable
{
    // Far longer than any run here lasts; it only keeps a hung process from hanging the tests.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource _tablePrinted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StorefrontProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Gets what runs the shop, and the shop.</summary>
    public static string[] Command => [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Program];

    private static string Program => BuiltProgram.PathOf("samples", "Storefront");

    public static StorefrontProcess Start(IEnumerable<KeyValuePair<string, string>> environment, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Command[0], [Command[1], .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new StorefrontProcess(Process.Start(start) ?? throw new InvalidOperationException("The shop did not start."));
    }

    public Task TablePrintedAsync() => _tablePrinted.Task.WaitAsync(Patience);

    public async Task TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end of the process and reads its report.</summary>
    public async Task<StorefrontReport> ReportAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        await _process.WaitForExitAsync(patience.Token);
        Assert.True(_process.ExitCode == 0, $"The shop ended with status {_process.ExitCode}.\n{string.Join('\n', _output.Concat(_errors))}");
        return new StorefrontReport(_output.Last());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        // A null marks the end of the stream, which is no line.
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (line.StartsWith("OrdersPlaced", StringComparison.Ordinal))
        {
            _ = _tablePrinted.TrySetResult();
        }
    }
}
