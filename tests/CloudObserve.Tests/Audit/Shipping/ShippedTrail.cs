using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Delivery;
using CloudObserve.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.Tests.Audit.Shipping;

/// <summary>A process that writes a trail and ships it. Several after each other may share a directory.</summary>
internal sealed class ShippedTrail : IAsyncDisposable
{
    private const int MostSteps = 100_000;
    private const int Yields = 200;

    private readonly ServiceProvider _services;
    private readonly ManualTimeProvider _time;

    internal ShippedTrail(
        string directory, ManualTimeProvider time, Action<CloudObserveBuilder>? configure = null, IBatchSink? sink = null, string? group =
            "/audit")
    {
        _time = time;
        ServiceCollection services = new();
        _ = services.AddSingleton<TimeProvider>(time);
        services.AddHealthChecks().AddCloudObserve();
        CloudObserveBuilder builder = services.AddLogging().AddCloudObserve().WithAuditTrail(o =>
        {
            o.Directory = directory;
            o.Region = "eu-west-1";
            o.LogGroup = group;
            o.LogStream = "one";
            o.PublishMetrics = false;
        });
        if (sink is not null)
        {
            _ = builder.UseSink(_ => sink);
        }

        configure?.Invoke(builder);
        _services = services.BuildServiceProvider();
        Layout = new TrailLayout(directory);
        Trail = _services.GetRequiredService<IAuditTrail>();
        _ = _services.GetServices<CloudObserve.Pipeline.ISignal>().OfType<AuditSignal>().Single().Open();
    }

    internal TrailLayout Layout { get; }

    internal IAuditTrail Trail { get; }

    internal IServiceProvider Services => _services;

    /// <summary>Gets the age of the oldest record or file that has not been shipped.</summary>
    internal TimeSpan Age(string signal) =>
        _services.GetRequiredService<ICloudObserve>().GetStatus().Signals.Single(s => s.Signal == signal).OldestAge;

    internal Task FlushAsync() => _services.GetRequiredService<ICloudObserve>().FlushAsync().AsTask();

    internal async Task RecordAsync(int count, string name = "Refund")
    {
        for (int i = 0; i < count; i++)
        {
            await Trail.RecordAsync(new AuditEvent($"{name}{i}"));
        }
    }

    /// <summary>Moves the clock, second by second, until something has happened.</summary>
    internal async Task AdvanceUntilAsync(Func<bool> happened, TimeSpan? step = null)
    {
        for (int steps = 0; !happened(); steps++)
        {
            Assert.True(steps < MostSteps, "It never happened.");
            await AdvanceAsync(step ?? TimeSpan.FromSeconds(1), happened);
        }
    }

    /// <summary>Moves the clock once.</summary>
    internal async Task AdvanceAsync(TimeSpan step, Func<bool>? happened = null)
    {
        _time.Advance(step);

        // The clock must not run away from those who work by it.
        for (int i = 0; i < Yields && happened?.Invoke() != true; i++)
        {
            await Task.Yield();
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
