using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>Runs a piece of a method within an application, and then the application.</summary>
internal static class StatementsRun
{
    // What a document's filter pattern is tried on.
    private static readonly byte[] Event = Encoding.UTF8.GetBytes("""{"level":"Error","latency":812,"region":"eu"}""");

    /// <returns>What is wrong.</returns>
    internal static async Task<IReadOnlyList<string>> PlayAsync(Assembly assembly, Stage stage, Func<IServiceProvider, Task>? during)
    {
        await using StagedApp app = new(stage);
        IReadOnlyList<string> faults = ["the block ends before its end"];
        Type type = assembly.GetType("Statements", throwOnError: true)!;
        object statements = Activator.CreateInstance(
            type, app.Builder, (Func<WebApplication>)app.Build, (Func<Type, object>)app.Ask, Event, CancellationToken.None)!;
        await (Task)type.GetMethod("RunAsync")!.Invoke(statements, [async () => { faults = await app.PlayAsync(during); }])!;
        return faults;
    }
}
