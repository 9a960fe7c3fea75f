namespace CloudObserve.Tests.Sinks.Local;

/// <summary>
/// Threads of a test's own, so that they really run at once. What one throws fails the test instead of ending the process.
/// </summary>
internal static class LongRunning
{
    internal static Task Start(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
