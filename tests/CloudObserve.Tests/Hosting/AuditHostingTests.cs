using CloudObserve.Audit;
using CloudObserve.Delivery;
using CloudObserve.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Hosting;

public sealed class AuditHostingTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("host");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_hosts_trail_is_opened_by_its_start_and_sealed_signed_and_booked_by_its_stop()
    {
        using IHost host = Build();
        Assert.Empty(_directory.GetFileSystemInfos());
        await host.StartAsync();
        Assert.True(File.Exists(Path.Combine(_directory.FullName, "trail.lock")));
        await host.Services.GetRequiredService<IAuditTrail>().RecordAsync(new AuditEvent("RefundOrder")
        {
            RequestParameters = new AuditData { ["password"] = "hunter22", ["orderId"] = 7 },
            ErrorCode = "Declined",
        });
        string line = File.ReadAllText(Path.Combine(_directory.FullName, "journal", "active.jsonl"));
        Assert.DoesNotContain("hunter22", line, StringComparison.Ordinal);
        await host.StopAsync();

        LedgerSnapshot books = host.Services.GetRequiredService<ICloudObserve>().Ledgers["audit"];
        Assert.Equal((1, 1, 0, 0), (books.Accepted, books.Delivered, books.TotalLost, books.InFlight));
        Assert.Equal(3, _directory.GetFiles("*.json.gz", SearchOption.AllDirectories).Length);
        Assert.Contains(host.Services.GetRequiredService<EmbeddedCloudWatch>()
            .ListMetrics(new()).Metrics, m => m.MetricName == "AuditFailures");
    }

    [Fact]
    public async Task A_trail_that_cannot_be_written_fails_the_start()
    {
        using IHost first = Build();
        await first.StartAsync();
        using IHost second = Build();
        AuditTrailException exception = await Assert.ThrowsAsync<AuditTrailException>(() => second.StartAsync());
        Assert.Contains("another process", exception.Message, StringComparison.Ordinal);
        await first.StopAsync();
    }

    [Fact]
    public async Task Without_a_host_the_first_record_opens_the_trail_and_disposal_closes_it()
    {
        ServiceCollection services = new();
        _ = services.AddCloudObserve().WithAuditTrail(a => a.Directory = _directory.FullName);
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            await provider.GetRequiredService<IAuditTrail>().RecordAsync(new AuditEvent("A"));
        }

        Assert.Equal(3, _directory.GetFiles("*.json.gz", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Every_option_binds_from_configuration_and_faults_are_told_together()
    {
        AuditTrailOptions bound = OptionsOf(
            ("Directory", "elsewhere"), ("TrailName", "shop"), ("AccountId", "111122223333"), ("Region", "eu-west-1"),
            ("Guarantee", "BeforeAction"),
            ("EventSelectors:0:Name", "writes"), ("EventSelectors:0:FieldSelectors:0:Field", "eventCategory"),
            ("EventSelectors:0:FieldSelectors:0:Equals:0", "Data"), ("EventSelectors:0:FieldSelectors:1:Field", "eventName"),
            ("EventSelectors:0:FieldSelectors:1:NotEquals:0", "Read"), ("EventSelectors:0:FieldSelectors:1:StartsWith:0", "R"));
        Assert.Equal(("elsewhere", "shop", "111122223333", "eu-west-1", AuditGuarantee.BeforeAction),
            (bound.Directory, bound.TrailName, bound.AccountId, bound.Region, bound.Guarantee));
        AuditEventSelectorOptions selector = Assert.Single(bound.EventSelectors);
        Assert.Equal(["Data"], selector.FieldSelectors[0].EqualTo);
        Assert.Equal(["Read"], selector.FieldSelectors[1].NotEqualTo);
        Assert.Equal(["R"], selector.FieldSelectors[1].StartsWith);

        OptionsValidationException faults = Assert.ThrowsAny<OptionsValidationException>(() => OptionsOf(
            ("Directory", " "), ("TrailName", "no"), ("AccountId", "12"), ("Region", "EU"), ("Source", "a b"), ("Bucket", "X"),
            ("KeyPrefix", "/a"), ("SealAfter", "00:00:01"),
            ("SealBytes", "5"), ("DigestInterval", "02:00:00"), ("Retention", "00:01:00"), ("MaxWaitingRecords", "1"),
            ("EventSelectors:0:Name", "empty")));
        Assert.Equal(13, faults.Failures.Count());
        Assert.Contains("CloudObserve:AuditTrail:AccountId is '12', but must have 12 digits", faults.Failures);
    }

    private IHost Build()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        _ = builder.AddCloudObserve().WithAuditTrail(a => a.Directory = _directory.FullName);
        return builder.Build();
    }

    private static AuditTrailOptions OptionsOf(params (string Key, string Value)[] settings)
    {
        ServiceCollection services = new();
        _ = services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"CloudObserve:AuditTrail:{s.Key}", (string?)s.Value)))
            .Build());
        _ = services.AddCloudObserve().WithAuditTrail();
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<CloudObserveOptions>>().Value.AuditTrail;
    }
}
