using System.Runtime.InteropServices;

namespace CloudObserve.Cli;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using CancellationTokenSource interrupt = new();
        using PosixSignalRegistration registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            interrupt.Cancel();
        });
        return await CloudObserveCommand.RunAsync(args, StandardStreams.Open(), interrupt.Token).ConfigureAwait(false);
    }
}
