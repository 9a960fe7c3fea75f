using System.Text.Json;
using CloudObserve.Audit;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Hosting;
using CloudObserve.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Audit.Insights;

/// <summary>Insights as an application gets them: events go in, insights come out, on a clock that the test moves.</summary>
public sealed class InsightWatchTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("insights");
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 8, 0, 30, TimeSpan.Zero));
    private readonly List<AuditInsight> _told = [];

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task An_unusual_rate_is_told_and_recorded_when_it_begins_and_when_it_is_over()
    {
        await using ServiceProvider services = await StartAsync();
        await RefundAsync(services, 20);
        _time.Advance(TimeSpan.FromHours(25));
        await RefundAsync(services, 200);
        _time.Advance(TimeSpan.FromMinutes(10));
        await services.GetRequiredService<ICloudObserve>().FlushAsync();

        await ToldAsync(services);
        JsonElement[] records = await FindAsync(services, "Refund", "Insight");
        Assert.Equal([AuditInsightState.Start, AuditInsightState.End], _told.Select(i => i.State));
        Assert.Equal(["End", "Start"], records.Select(r => r.GetProperty("insightDetails").GetProperty("state").GetString()));
        Assert.Equal([_told[0].Id.ToString()], records.Select(r => r.GetProperty("sharedEventID").GetString()).Distinct());
        Assert.Equal(2, records.Select(r => r.GetProperty("eventID").GetString()).Distinct().Count());
        Assert.All(records, r => Assert.Equal("AwsCloudTrailInsight", r.GetProperty("eventType").GetString()));
        Assert.All(records, r => Assert.False(r.TryGetProperty("userIdentity", out _) || r.TryGetProperty("requestParameters", out _)));
        Assert.Equal((222, 222), Books(services));
    }

    [Fact]
    public async Task What_was_usual_is_learned_from_the_trail_that_earlier_processes_wrote()
    {
        await using (ServiceProvider before = await StartAsync())
        {
            await RefundAsync(before, 20);
        }

        _time.Advance(TimeSpan.FromHours(25));
        await using ServiceProvider services = await StartAsync();
        await RefundAsync(services, 200);
        _time.Advance(TimeSpan.FromMinutes(2));

        await ToldAsync(services);
        AuditInsight start = Assert.Single(_told);
        Assert.Equal((AuditInsightType.ApiCallRate, "Refund", 200), (start.Type, start.EventName, start.Average));
    }

    [Fact]
    public async Task An_intent_and_its_outcome_are_one_event()
    {
        await using (ServiceProvider before = await StartAsync())
        {
            IAuditTrail trail = before.GetRequiredService<IAuditTrail>();
            for (int i = 0; i < 20; i++)
            {
                AuditAction action = await trail.BeginAsync("Refund", AuditGuarantee.BeforeAction);
                await action.SucceedAsync();
            }
        }

        _time.Advance(TimeSpan.FromHours(25));
        await using ServiceProvider services = await StartAsync();

        // Twenty in the busiest minute before, so 31 are too many; had intents counted, it would have been forty.
        await RefundAsync(services, 31);
        _time.Advance(TimeSpan.FromMinutes(2));
        await ToldAsync(services);
        Assert.Single(_told);
    }

    [Fact]
    public async Task A_handler_that_throws_is_reported_and_breaks_nothing()
    {
        Reports reports = new();
        await using ServiceProvider services =
            await StartAsync(o => o.OnInsight = _ => throw new InvalidOperationException("pager"), reports);
        await RefundAsync(services, 20);
        _time.Advance(TimeSpan.FromHours(25));
        await RefundAsync(services, 200);
        _time.Advance(TimeSpan.FromMinutes(10));
        await services.GetRequiredService<ICloudObserve>().FlushAsync();

        Assert.Equal(2, (await FindAsync(services, "Refund", "Insight")).Length);
        await ToldAsync(services);
        await services.GetRequiredService<IDiagnosticEvents>().WhenSaidAsync();
        Assert.Contains(reports.Messages, m => m.Contains("OnInsight", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handler_that_hangs_costs_neither_records_nor_the_end()
    {
        using ManualResetEventSlim hangs = new();
        await using (ServiceProvider services = await StartAsync(o => o.OnInsight = _ => hangs.Wait(TimeSpan.FromSeconds(30))))
        {
            await RefundAsync(services, 20);
            _time.Advance(TimeSpan.FromHours(25));
            await RefundAsync(services, 200);
            _time.Advance(TimeSpan.FromMinutes(10));
            await services.GetRequiredService<ICloudObserve>().FlushAsync();

            Assert.Equal(2, (await FindAsync(services, "Refund", "Insight")).Length);
        }

        Assert.False(hangs.IsSet);
        hangs.Set();
    }

    [Fact]
    public async Task Switched_off_it_says_nothing()
    {
        await using ServiceProvider services = await StartAsync(o => o.DetectInsights = false);
        await RefundAsync(services, 20);
        _time.Advance(TimeSpan.FromHours(25));
        await RefundAsync(services, 200);
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Empty(_told);
        Assert.Equal((220, 220), Books(services));
    }

    private static Task ToldAsync(ServiceProvider services) =>
        services.GetRequiredService<AuditComposition>().Signal.Insights!.WhenToldAsync();

    private async Task<ServiceProvider> StartAsync(Action<AuditTrailOptions>? configure = null, Reports? reports = null)
    {
        ServiceCollection services = new();
        _ = services.AddSingleton<TimeProvider>(_time).AddLogging(l => l.AddProvider(reports ?? new Reports()));
        _ = services.AddCloudObserve().WithAuditTrail(o =>
        {
            o.Directory = _directory.FullName;
            o.OnInsight = _told.Add;
            o.PublishMetrics = false;
            configure?.Invoke(o);
        });
        ServiceProvider provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<IAuditTrail>();
        AuditSignal signal = provider.GetServices<CloudObserve.Pipeline.ISignal>().OfType<AuditSignal>().Single();
        _ = signal.Open();
        await (signal.Insights?.Learned ?? Task.CompletedTask);
        return provider;
    }

    private static Task RefundAsync(ServiceProvider services, int times)
    {
        IAuditTrail trail = services.GetRequiredService<IAuditTrail>();
        return Task.WhenAll(Enumerable.Range(0, times).Select(_ => trail.RecordAsync(new AuditEvent("Refund")).AsTask()));
    }

    private static async Task<JsonElement[]> FindAsync(ServiceProvider services, string name, string category)
    {
        AuditPage page = await services.GetRequiredService<IAuditTrail>().LookupAsync(new AuditLookup { EventName = name });
        return [.. page.Records.Select(r => JsonDocument.Parse(r.Json).RootElement)
            .Where(r => r.GetProperty("eventCategory").GetString() == category)];
    }

    private static (long Accepted, long Delivered) Books(ServiceProvider services)
    {
        LedgerSnapshot books = services.GetRequiredService<ICloudObserve>().Ledgers["audit"];
        return (books.Accepted, books.Delivered);
    }

    private sealed class Reports : ILoggerProvider, ILogger
    {
        internal List<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
