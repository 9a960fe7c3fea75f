using System.Diagnostics;
using System.Text.Json;
using CloudObserve.LoadTests.Calling;

namespace CloudObserve.LoadTests.Driving;

/// <summary>Starts a calling process, waits for it, and reads its reports.</summary>
internal static class CallerProcess
{
    /// <summary>Runs a library's calls at several rates, one after the other.</summary>
    /// <returns>A report for each rate.</returns>
    internal static async Task<IReadOnlyList<CallerReport>> RunAsync(CalledLibrary library, Uri url, TimeSpan time, IEnumerable<int> rates)
    {
        string[] command = [
            .. WorkerProcess.Command, Caller.Role, $"--library={library.Name}", $"--url={url}", $"--time={time}",
            .. rates.Select((rate, i) => $"--rates:{i}={rate}")];
        using Process process =
            Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using CancellationTokenSource timeout = new((time * rates.Count() * 2) + WorkerProcess.Patience);
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(timeout.Token);
            string output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return process.ExitCode == 0
                ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonSerializer.Deserialize<CallerReport>(line)!)]
                : throw new InvalidOperationException(
                    $"The caller of {library.Name} ended with status {process.ExitCode}.\n{await errors}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
