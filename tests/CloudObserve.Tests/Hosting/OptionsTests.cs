using CloudObserve.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Hosting;

public sealed class OptionsTests
{
    [Fact]
    public void Every_option_binds_from_configuration_and_code_wins()
    {
        CloudObserveOptions options = OptionsOf(
            ("Destination", "Aws"),
            ("Metrics:Namespace", "FromConfiguration"),
            ("Metrics:DefaultDimensions:Env", "prod"),
            ("Metrics:PublishInterval", "00:00:10"),
            ("Metrics:Meters:0", "Storefront"),
            ("Metrics:PerMetric:Latency:Unit", "Milliseconds"),
            ("Metrics:PerMetric:Latency:Resolution", "High"),
            ("Metrics:PerMetric:Latency:RollUps:0", "Region"),
            ("Delivery:MaxConcurrentRequests", "7"),
            ("Local:MaxSeries", "5"));

        Assert.Equal(Destination.Aws, options.Destination);
        Assert.Equal("FromCode", options.Metrics.Namespace);
        Assert.Equal("prod", options.Metrics.DefaultDimensions["Env"]);
        Assert.Equal(TimeSpan.FromSeconds(10), options.Metrics.PublishInterval);
        Assert.Equal(["Storefront"], options.Metrics.Meters);
        MetricOptions latency = options.Metrics.PerMetric["Latency"];
        Assert.Equal((MetricUnit.Milliseconds, StorageResolution.High), (latency.Unit, latency.Resolution));
        Assert.Equal(["Region"], latency.RollUps);
        Assert.Equal(7, options.Delivery.MaxConcurrentRequests);
        Assert.Equal(5, options.Local.MaxSeries);
    }

    [Fact]
    public void Adding_it_twice_is_the_same_as_adding_it_once()
    {
        ServiceCollection services = new();
        _ = services.AddCloudObserve().WithMetrics(m => m.Namespace = "First");
        int count = services.Count;
        _ = services.AddCloudObserve();

        Assert.Equal(count, services.Count);
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal("First", provider.GetRequiredService<IOptions<CloudObserveOptions>>().Value.Metrics.Namespace);
    }

    [Fact]
    public async Task All_faults_are_reported_at_start_with_key_value_and_rule()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        _ = builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CloudObserve:Metrics:Namespace"] = "AWS/Mine",
            ["CloudObserve:Metrics:PublishInterval"] = "00:00:00.5",
            ["CloudObserve:Metrics:DefaultDimensions:Env"] = " ",
            ["CloudObserve:Metrics:Meters:0"] = "Store?ront",
            ["CloudObserve:Delivery:MaxConcurrentRequests"] = "0",
            ["CloudObserve:Local:MaxBytes"] = "1",
        });
        _ = builder.AddCloudObserve();
        using IHost host = builder.Build();

        OptionsValidationException exception = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Collection(
            exception.Failures,
            f => Assert.Equal(
                "CloudObserve:Metrics:Namespace is 'AWS/Mine', but this breaks a rule of CloudWatch: A namespace must not begin with AWS/, which is reserved", f),
            f => Assert.Equal(
                "CloudObserve:Metrics:DefaultDimensions:Env is ' ', but this breaks a rule of CloudWatch: The value of dimension 'Env' must not be empty or blank", f),
            f => Assert.Equal("CloudObserve:Metrics:PublishInterval is '00:00:00.5000000', but must be from 00:00:01 to 01:00:00", f),
            f => Assert.Equal("CloudObserve:Metrics:Meters:0 is 'Store?ront', but the only wildcard in a meter's name is *", f),
            f => Assert.Equal("CloudObserve:Delivery:MaxConcurrentRequests is '0', but must be from 1 to 64", f),
            f => Assert.Equal("CloudObserve:Local:MaxBytes is '1', but must be from 1048576 to 17179869184", f));
    }

    [Theory]
    [InlineData("Größenrechner",
        "A namespace must contain printable ASCII characters only; the character at position 2 is not printable ASCII")]
    [InlineData("Shop\n", "A namespace must contain printable ASCII characters only; the character at position 4 is not printable ASCII")]
    [InlineData("  ", "A namespace must not be empty or blank")]
    public void A_namespace_that_CloudWatch_refuses_stops_the_start(string name, string rule)
    {
        using ServiceProvider provider = new ServiceCollection().AddCloudObserve()
            .WithMetrics(m => m.Namespace = name).Services.BuildServiceProvider();

        OptionsValidationException exception =
            Assert.ThrowsAny<OptionsValidationException>(() => provider.GetRequiredService<IOptions<CloudObserveOptions>>().Value);

        Assert.Equal($"CloudObserve:Metrics:Namespace is '{name}', but this breaks a rule of CloudWatch: {rule}",
            Assert.Single(exception.Failures));
    }

    private static CloudObserveOptions OptionsOf(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("CloudObserve:" + s.Key, (string?)s.Value)))
            .Build();
        using ServiceProvider provider = new ServiceCollection()
            .AddSingleton(configuration).AddCloudObserve().WithMetrics(m => m.Namespace = "FromCode").Services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<CloudObserveOptions>>().Value;
    }
}
