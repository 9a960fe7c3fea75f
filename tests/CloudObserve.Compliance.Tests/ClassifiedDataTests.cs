using System.Text.Json;
using CloudObserve.Local;
using Microsoft.Extensions.Compliance.Redaction;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Compliance.Tests;

/// <summary>Classified parameters and properties arrive as the redactors of Microsoft.Extensions.Compliance have left them.</summary>
public sealed class ClassifiedDataTests
{
    private const string User = "alice@example.com";

    [Fact]
    public async Task A_classified_parameter_arrives_as_its_redactor_left_it_and_others_unchanged()
    {
        JsonElement logged = await LoggedAsync(logger => logger.SignedIn(User, "Norway", "my first dog"));

        JsonElement values = logged.GetProperty("values");
        Assert.Equal("Norway", values.GetProperty("Country").GetString());
        Assert.Equal("", values.GetProperty("Answer").GetString());
        string hash = values.GetProperty("User").GetString()!;
        Assert.StartsWith("7:", hash, StringComparison.Ordinal);
        Assert.Equal($"{hash} signed in from Norway with ", logged.GetProperty("message").GetString());
        Assert.Equal("{User} signed in from {Country} with {Answer}", logged.GetProperty("template").GetString());
    }

    [Fact]
    public async Task A_classified_property_of_a_logged_object_arrives_as_its_redactor_left_it()
    {
        JsonElement logged = await LoggedAsync(logger => logger.Created(new Customer(User, "Norway")));

        JsonElement values = logged.GetProperty("values");
        Assert.Equal("Norway", values.GetProperty("customer.Country").GetString());
        Assert.StartsWith("7:", values.GetProperty("customer.Name").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hash_stays_although_the_name_of_its_field_says_that_it_is_secret()
    {
        JsonElement logged = await LoggedAsync(logger => logger.KeyUsed(User));

        Assert.StartsWith("7:", logged.GetProperty("values").GetProperty("ApiKey").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> LoggedAsync(Action<ILogger> log)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = "Shop",
        });
        _ = builder.Logging.EnableRedaction();
        _ = builder.Services.AddRedaction(redaction => redaction
            .SetHmacRedactor(
                hmac =>
                {
                    hmac.Key = Convert.ToBase64String(new byte[64]);
                    hmac.KeyId = 7;
                },
                PrivateAttribute.Class)
            .SetRedactor<ErasingRedactor>(SecretAttribute.Class));
        _ = builder.AddCloudObserve().WithLogs(l => l.LogGroup = "/shop");
        using IHost host = builder.Build();
        await host.StartAsync();

        log(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Users"));
        _ = await host.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        EmbeddedCloudWatch cloudWatch = host.Services.GetRequiredService<EmbeddedCloudWatch>();
        string message = cloudWatch.FilterLogEvents(
            new FilterLogEventsRequest
            {
                LogGroupName = "/shop",
                FilterPattern = "{ $.category = \"Shop.Users\" }"
            }).Events.Single().Message;
        Assert.DoesNotContain(User, message, StringComparison.Ordinal);
        Assert.DoesNotContain("first dog", message, StringComparison.Ordinal);
        await host.StopAsync();
        using JsonDocument document = JsonDocument.Parse(message);
        return document.RootElement.Clone();
    }
}
