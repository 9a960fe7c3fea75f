using System.Diagnostics.Metrics;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Metrics;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Delivery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Hosting;

/// <summary>Hosts to which a package adds delivery channels, by public members only.</summary>
public sealed class DeliveryChannelHostingTests : IDisposable
{
    private const string Name = "events";

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("cloudobserve-channels");

    public void Dispose() => _state.Delete(recursive: true);

    [Fact]
    public async Task A_channel_is_in_the_ledgers_the_status_the_health_check_and_the_meter()
    {
        using IHost host = await StartAsync(
            b => b.AddDeliveryChannel(Name, _ => Taking([]), o => o.LossReasons.Add(new LossReason("Muted"))));
        ICloudObserve library = host.Services.GetRequiredService<ICloudObserve>();
        IDeliveryChannel channel = Channel(host);
        Dictionary<string, long> measured = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == "cloudobserve.ledger.accepted"
                    && instrument.Meter.Scope == host.Services.GetRequiredService<IMeterFactory>())
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => measured[(string)tags[0].Value!] = value);
        listener.Start();

        channel.Send(Batches.Of("a", "b"));
        channel.Refuse(new LossReason("Muted"), "nobody wants it");
        FlushResult flushed = await library.FlushAsync();
        listener.RecordObservableInstruments();

        Assert.True(flushed.Completed);
        Assert.Equal((Name, 3, 2, 0), (channel.Name, flushed.Ledgers[Name].Accepted, flushed.Ledgers[Name].Delivered,
            flushed.Ledgers[Name].InFlight));
        LossAssert.OnlyLost(flushed.Ledgers, new LossReason("Muted"));
        Assert.Equal([KeyValuePair.Create("Muted", 1L)], library.GetStatus().Signals.Single(s => s.Signal == Name).Lost);
        Assert.Contains("events: data was lost in the last 5 minutes: Muted. nobody wants it", library.GetStatus().Reasons);
        HealthReport health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(3L, health.Entries.Single().Value.Data["events.accepted"]);
        Assert.Equal(3, measured[Name]);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("metrics", "built-in")]
    [InlineData("logs", "built-in")]
    [InlineData("audit", "built-in")]
    [InlineData("audit-shipping", "built-in")]
    [InlineData("audit-files", "built-in")]
    [InlineData("local-copy", "built-in")]
    [InlineData("local-files", "built-in")]
    [InlineData(Name, "added before")]
    [InlineData("", "small letters")]
    [InlineData("Events", "small letters")]
    [InlineData("../events", "small letters")]
    [InlineData("1st", "begin with a letter")]
    public void A_name_that_cannot_be_used_is_refused_at_once(string name, string why)
    {
        CloudObserveBuilder builder = Host.CreateApplicationBuilder().AddCloudObserve().AddDeliveryChannel(Name, _ => Taking([]));

        ArgumentException thrown = Assert.Throws<ArgumentException>(() => builder.AddDeliveryChannel(name, _ => Taking([])));

        Assert.Contains(why, thrown.Message, StringComparison.Ordinal);
        Assert.Contains($"'{name}'", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_name_of_a_built_in_signal_is_refused()
    {
        using IHost host = await StartAsync(b => b.UseAws(a => a.Region = "eu-west-1").KeepLocalCopy().WithLogs().WithAuditTrail(a =>
            {
                a.Directory = Path.Combine(_state.FullName, "trail");
                a.LogGroup = "/trail";
            }));
        ICloudObserve library = host.Services.GetRequiredService<ICloudObserve>();

        CloudObserveBuilder builder = Host.CreateApplicationBuilder().AddCloudObserve();
        string[] names = [.. library.GetStatus().Signals.Select(s => s.Signal)];

        Assert.True(names.Length >= 5);
        Assert.All(names, name => Assert.Throws<ArgumentException>(() => builder.AddDeliveryChannel(name, _ => Taking([]))));
        await host.StopAsync(new CancellationToken(canceled: true));
    }

    [Fact]
    public async Task Faults_of_the_options_stop_the_start_and_name_channel_key_value_and_rule()
    {
        OptionsValidationException thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(b =>
            b.AddDeliveryChannel(Name, _ => Taking([]), o =>
            {
                o.MaxConcurrentRequests = 0;
                o.MaxRetryDelay = TimeSpan.FromHours(1);
                o.Stage = 10;
                o.LossReasons.Add(null!);
            })));

        Assert.Equal(4, thrown.Failures.Count());
        Assert.Contains("The delivery channel 'events': MaxConcurrentRequests is '0', but must be from 1 to 64.", thrown.Failures);
        Assert.Contains("The delivery channel 'events': Stage is '10', but must be from 0 to 9.", thrown.Failures);
    }

    [Fact]
    public async Task What_a_process_leaves_on_disk_stays_there_and_is_said_until_a_process_has_a_channel_of_that_name()
    {
        using (IHost down = await StartAsync(b => b.AddDeliveryChannel(Name, _ => Failing())))
        {
            Channel(down).Send(Batches.Of("a", "b"));
            Channel(down).Send(Batches.Of("c"));
            await down.StopAsync(new CancellationToken(canceled: true));
            Assert.Equal((3, 3), (Channel(down).Ledger.InFlight, Channel(down).Ledger.Spooled));
        }

        using (IHost without = await StartAsync(b => b.AddDeliveryChannel("others", _ => Taking([]))))
        {
            ICloudObserve library = without.Services.GetRequiredService<ICloudObserve>();
            ReportedError said = Assert.Single(library.GetStatus().LastErrors);
            Assert.Equal(("SpoolUnclaimed", Name), (said.Kind, said.Signal));
            Assert.Contains("2 batches", said.Message, StringComparison.Ordinal);
            await without.StopAsync();
            LossAssert.NothingLost(library.Ledgers);
        }

        Assert.Equal(2, _state.EnumerateFiles("*.batch", SearchOption.AllDirectories).Count());
        List<string> taken = [];
        using (IHost again = await StartAsync(b => b.AddDeliveryChannel(Name, _ => Taking(taken))))
        {
            await LoopFixture.Until(() => Channel(again).Ledger is { Accepted: 3, Delivered: 3 });
            Assert.Empty(again.Services.GetRequiredService<ICloudObserve>().GetStatus().LastErrors);
            await again.StopAsync();
        }

        Assert.Equal(["a", "b", "c"], taken.Order());
        Assert.Empty(_state.EnumerateFiles("*.batch", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_batch_of_a_channel_is_not_copied_and_its_sink_alone_gets_it()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        List<string> taken = [];
        using IHost host = await StartAsync(b => b
            .UseAws(a => (a.Region, a.ServiceUrl) = ("eu-west-1", aws.Url)).KeepLocalCopy().AddDeliveryChannel(Name, _ => Taking(taken)));
        Channel(host).Send(Batches.Of("a"));

        await host.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        Assert.Equal(["a"], taken);
        Assert.Empty(aws.Requests);
        Assert.Equal(0, host.Services.GetRequiredService<ICloudObserve>().Ledgers["local-copy"].Accepted);
        await host.StopAsync();
    }

    [Fact]
    public async Task An_outage_of_a_channel_is_in_the_health_with_a_hint_that_is_not_about_AWS()
    {
        using IHost host = await StartAsync(b => b.AddDeliveryChannel(
            Name, _ => new ScriptedSink((_, _) => SendResult.Failed(ErrorClass.Unauthorized, "403", "not you"))));
        Channel(host).Send(Batches.To("https://hooks", "a"));
        ICloudObserve library = host.Services.GetRequiredService<ICloudObserve>();

        await LoopFixture.Until(() => library.GetStatus().Health == HealthStatus.Unhealthy);

        string reason = library.GetStatus().Reasons[0];
        Assert.StartsWith("events: PutThings to https://hooks has failed for ", reason, StringComparison.Ordinal);
        Assert.EndsWith("Check the credentials for the destination, their permissions, and the clock.", reason, StringComparison.Ordinal);
        await host.StopAsync(new CancellationToken(canceled: true));
    }

    [Fact]
    public async Task A_channel_of_a_later_stage_takes_what_an_earlier_one_hands_on_at_the_close()
    {
        List<string> taken = [];
        IHost? host = null;
        using IHost started = host = await StartAsync(b => b
            .AddDeliveryChannel("second", _ => Taking(taken), o => o.Stage = 3)
            .AddDeliveryChannel("first", p => new ScriptedSink((batch, _) =>
            {
                p.GetRequiredKeyedService<IDeliveryChannel>("second").Send(Batches.Of(Batches.ItemsOf(batch)));
                return SendResult.Delivered();
            })));
        for (int i = 0; i < 50; i++)
        {
            host.Services.GetRequiredKeyedService<IDeliveryChannel>("first").Send(Batches.Of($"{i}"));
        }

        await host.StopAsync();

        Assert.Equal(50, taken.Count);
        LossAssert.AllDelivered(host.Services.GetRequiredService<ICloudObserve>());
    }

    [Fact]
    public async Task Without_a_host_the_channel_works_from_its_first_use_and_is_closed_with_the_services()
    {
        List<string> taken = [];
        DisposableSink sink = new(taken);
        ServiceCollection services = new();
        _ = services.AddCloudObserve().AddDeliveryChannel(Name, _ => sink);
        _ = services.Configure<CloudObserveOptions>(o => o.StateDirectory = _state.FullName);
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            provider.GetRequiredKeyedService<IDeliveryChannel>(Name).Send(Batches.Of("a"));
        }

        Assert.Equal(["a"], taken);
        Assert.True(sink.IsDisposed);
    }

    [Fact]
    public async Task A_host_without_channels_has_none_of_it()
    {
        using IHost host = await StartAsync(_ => { });

        Assert.Null(host.Services.GetKeyedService<IDeliveryChannel>(Name));
        Assert.Equal(["metrics"], host.Services.GetRequiredService<ICloudObserve>().Ledgers.Keys);
        Assert.Empty(_state.EnumerateFileSystemInfos());
        await host.StopAsync();
    }

    private static IDeliveryChannel Channel(IHost host) => host.Services.GetRequiredKeyedService<IDeliveryChannel>(Name);

    private static ScriptedSink Taking(List<string> taken) => new((batch, _) =>
    {
        lock (taken)
        {
            taken.AddRange(Batches.ItemsOf(batch));
        }

        return SendResult.Delivered();
    });

    private static ScriptedSink Failing() => new((_, _) => SendResult.Failed(ErrorClass.Unavailable, "503", "down"));

    private async Task<IHost> StartAsync(Action<CloudObserveBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.Services.AddHealthChecks().AddCloudObserve();
        CloudObserveBuilder library = builder.AddCloudObserve();
        _ = builder.Services.Configure<CloudObserveOptions>(o => o.StateDirectory = _state.FullName);
        configure(library);
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private sealed class DisposableSink(List<string> taken) : IBatchSink, IDisposable
    {
        internal bool IsDisposed { get; private set; }

        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return Taking(taken).SendAsync(batch, cancellationToken);
        }

        public void Dispose() => IsDisposed = true;
    }
}
