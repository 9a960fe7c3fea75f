namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>The sample shop as a real process, with a recorder that counts what the shop publishes.</summary>
internal sealed class StorefrontProcess : IDisposable
{
    private readonly RunningProgram _program;

    private StorefrontProcess(RunningProgram program) => _program = program;

    public IReadOnlyCollection<string> Output => _program.Output;

    /// <summary>Gets the command that runs the shop.</summary>
    public static string[] Command => RunningProgram.Command(Program);

    private static string Program => BuiltProgram.PathOf("samples", "Storefront");

    private static string Recorder => BuiltProgram.PathOf("tests", "CloudObserve.StorefrontRecorder");

    public static StorefrontProcess Start(IEnumerable<KeyValuePair<string, string>> environment, params IEnumerable<string> arguments) =>
        new(RunningProgram.Start(Program, [.. environment, new("DOTNET_STARTUP_HOOKS", Recorder)], arguments));

    public Task TablePrintedAsync() => _program.PrintedAsync(line => line.StartsWith("OrdersPlaced", StringComparison.Ordinal));

    /// <summary>
    /// Waits until the host has logged that it has started. The category <c>Microsoft.Hosting.Lifetime</c> must be on for it.
    /// </summary>
    public Task StartedAsync() => _program.PrintedAsync(line => line.Contains("Application started", StringComparison.Ordinal));

    /// <summary>Waits until a change of an alarm is printed, such as <c>PaymentsFail: OK -> ALARM</c>.</summary>
    public Task AlarmPrintedAsync(string change) =>
        _program.PrintedAsync(line => line.Contains($" alarm {change}.", StringComparison.Ordinal));

    public Task TerminateAsync() => _program.TerminateAsync();

    /// <summary>Waits for the end of the process and reads its report.</summary>
    public async Task<StorefrontReport> ReportAsync()
    {
        await _program.EndedAsync();
        return new StorefrontReport(Output.Last(), Output.Last(l => l.StartsWith(StorefrontReport.Recorded, StringComparison.Ordinal)));
    }

    public void Dispose() => _program.Dispose();
}
