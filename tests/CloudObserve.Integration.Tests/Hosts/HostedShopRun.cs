using System.Diagnostics;
using System.Text.Json;

namespace CloudObserve.Integration.Tests.Hosts;

/// <summary>The hosted shop as a process in surroundings of its own, run to its end: what it says there.</summary>
internal sealed class HostedShopRun(JsonElement report)
{
    // Far longer than any run here lasts; it only keeps a hung process from hanging the tests.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    internal long HeapLimitMiB => report.GetProperty("HeapLimitMiB").GetInt64();

    internal string TimeZone => report.GetProperty("TimeZone").GetString()!;

    /// <summary>Gets the books of a signal: accepted, delivered, lost, in flight.</summary>
    internal (long Accepted, long Delivered, long Lost, long InFlight) Books(string signal)
    {
        JsonElement books = report.GetProperty("Ledgers").GetProperty(signal);
        return (books.GetProperty("Accepted").GetInt64(), books.GetProperty("Delivered").GetInt64(), books.GetProperty("TotalLost")
            .GetInt64(), books.GetProperty("InFlight").GetInt64());
    }

    internal string[] Lines(string name) => [.. report.GetProperty(name).EnumerateArray().Select(l => l.GetString()!)];

    internal static async Task<HostedShopRun> RunAsync(
        string directory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start =
            new(dotnet, [BuiltProgram.PathOf("tests", "CloudObserve.HostedShop"), $"--directory={directory}", .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("The shop did not start.");
        using CancellationTokenSource patience = new(Patience);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, $"The shop ended with status {process.ExitCode}.\n{output}\n{await errors}");
        return new HostedShopRun(JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement);
    }
}
