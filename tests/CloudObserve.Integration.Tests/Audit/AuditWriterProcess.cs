using System.Diagnostics;

namespace CloudObserve.Integration.Tests.Audit;

/// <summary>A process that writes an audit trail until it is killed.</summary>
internal sealed class AuditWriterProcess : IDisposable
{
    private readonly Process _process;

    private AuditWriterProcess(Process process) => _process = process;

    private static string Program => BuiltProgram.PathOf("tests", "CloudObserve.AuditWriter");

    public static AuditWriterProcess Start(string directory, int writers, int bytes)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(dotnet, [Program, directory, $"{writers}", $"{bytes}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new AuditWriterProcess(Process.Start(start) ?? throw new InvalidOperationException("The writer did not start."));
    }

    /// <summary>Reads acknowledgements, kills the process after so many, and reads what it had acknowledged until then.</summary>
    public async Task<List<string>> KillAfterAsync(int acknowledgements)
    {
        List<string> acknowledged = [];
        while (await _process.StandardOutput.ReadLineAsync() is { } id)
        {
            acknowledged.Add(id);
            if (acknowledged.Count == acknowledgements)
            {
                _process.Kill();
            }
        }

        await _process.WaitForExitAsync();
        Assert.True(acknowledged.Count >= acknowledgements, $"The writer ended by itself: {await _process.StandardError.ReadToEndAsync()}");

        // A line that the kill cut is no acknowledgement that anybody got.
        return [.. acknowledged.Where(id => Guid.TryParse(id, out _))];
    }

    /// <summary>Completes when the process has acknowledged a record.</summary>
    public async Task AcknowledgedAsync() => Assert.NotNull(await _process.StandardOutput.ReadLineAsync());

    /// <summary>Waits for the process to fail, and reads what it says.</summary>
    public async Task<string> FailureAsync()
    {
        string errors = await _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync();
        Assert.NotEqual(0, _process.ExitCode);
        return errors;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
