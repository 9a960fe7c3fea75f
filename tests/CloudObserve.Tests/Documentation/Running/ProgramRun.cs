using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>Runs a whole program, and stops it. A host tells in which program it is built, and so can be furnished and visited.</summary>
internal sealed class ProgramRun : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    // Names that the host has for test frameworks to listen to.
    private const string Listener = "Microsoft.Extensions.Hosting";
    private const string Building = "HostBuilding";
    private const string Built = "HostBuilt";

    // Hosts of other tests are built at the same time. The value flows into the program, and nowhere else.
    private static readonly AsyncLocal<ProgramRun?> Running = new();

    private readonly Stage _stage;
    private readonly TaskCompletionSource<IHost> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProgramRun(Stage stage) => _stage = stage;

    /// <returns>What is wrong.</returns>
    internal static async Task<IReadOnlyList<string>> PlayAsync(Assembly assembly, Stage stage, Func<IServiceProvider, Task>? during)
    {
        ProgramRun run = new(stage);
        using IDisposable listening = DiagnosticListener.AllListeners.Subscribe(run);
        Running.Value = run;
        Task program = Task.Factory.StartNew(
            () => assembly.EntryPoint!.Invoke(null, [stage.Arguments]), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        if (await Task.WhenAny(program, run._started.Task) == program)
        {
            await program;
        }

        if (!run._started.Task.IsCompleted)
        {
            return ["no host was started"];
        }

        IHost host = await run._started.Task;
        IHostApplicationLifetime lifetime = run.Lifetime!;
        IReadOnlyList<string> faults = run.IsWeb ? await new Visit(host.Services).MakeAsync(during) : [];
        lifetime.StopApplication();
        await program;
        return faults;
    }

    private IHostApplicationLifetime? Lifetime { get; set; }

    private bool IsWeb { get; set; }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == Listener)
        {
            // It is gone with its host, and the subscription with it.
            _ = value.Subscribe(this, _ => Running.Value == this);
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (Running.Value != this)
        {
            return;
        }

        if (value is { Key: Building, Value: IHostBuilder builder })
        {
            _ = builder.ConfigureServices(_stage.Furnish);
        }
        else if (value is { Key: Built, Value: IHost host })
        {
            // Asked for here, because a program that ends by itself disposes of its host.
            IsWeb = host.Services.GetService<IServer>() is not null;
            Lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
            _ = Lifetime.ApplicationStarted.Register(() => _started.TrySetResult(host));
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }
}
