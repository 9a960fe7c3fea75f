using System.Diagnostics;

namespace CloudObserve.Integration.Tests.Audit;

/// <summary>A process that writes an audit trail until it is killed.</summary>
internal sealed class AuditWriterProcess : IDisposable
{
    private readonly Process _process;

    // Set by the test, and read by the loop that reads acknowledgements.
    private int _acknowledged;
    private int _killAt = int.MaxValue;

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
        KillAfter(acknowledgements);
        List<string> acknowledged = await AcknowledgementsAsync();
        Assert.True(_acknowledged >= acknowledgements, $"The writer ended by itself: {await _process.StandardError.ReadToEndAsync()}");
        return acknowledged;
    }

    /// <summary>Kills the process after it has acknowledged so many more records. Something must be reading the acknowledgements.</summary>
    public void KillAfter(int acknowledgements) => Volatile.Write(ref _killAt, Volatile.Read(ref _acknowledged) + acknowledgements);

    /// <summary>Reads acknowledgements until the process ends.</summary>
    public async Task<List<string>> AcknowledgementsAsync()
    {
        List<string> acknowledged = [];
        for (bool isKilled = false; await _process.StandardOutput.ReadLineAsync() is { } id;)
        {
            acknowledged.Add(id);
            if (Interlocked.Increment(ref _acknowledged) >= Volatile.Read(ref _killAt) && !isKilled)
            {
                isKilled = true;
                _process.Kill();
            }
        }

        await _process.WaitForExitAsync();

        // A line that the kill cut is no acknowledgement that anybody got.
        return [.. acknowledged.Where(id => Guid.TryParse(id, out _))];
    }

    /// <summary>Reads the first acknowledgement.</summary>
    public async Task<string> AcknowledgedAsync()
    {
        string? id = await _process.StandardOutput.ReadLineAsync();
        Assert.NotNull(id);
        return id;
    }

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
