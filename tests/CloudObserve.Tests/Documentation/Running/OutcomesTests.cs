using System.Text.Json;
using CloudObserve.Audit;
using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Testing;
using CloudObserve.Tests.Conventions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>Tests that the outcomes the documents describe happen in the application they show.</summary>
public sealed class OutcomesTests
{
    [Fact]
    public Task The_readmes_program_publishes_its_metrics_and_ships_its_logs() =>
        Shows("README.md", "app.MapPost(", async (stage, services) =>
    {
        LoggerOf(services, "Storefront.Payments.Card").LogError("The card was refused.");
        await FlushAsync(services);

        AcceptedSeries value = stage.Aws.Series.Single(s => s.MetricName == "OrderValue");
        Assert.Equal(("Storefront", 1), (value.Namespace, value.Sum));
        Assert.Equal([new MetricDimension("Region", "eu")], value.Dimensions);
        Assert.Equal(1, stage.Aws.Series.Single(s => s is { Namespace: "Storefront", MetricName: "PaymentErrors" }).Sum);
        CreatedLogGroup group = Assert.Single(stage.Aws.LogGroups);
        Assert.Equal(("/storefront/Development", 30), (group.Name, group.RetentionInDays));
    });

    [Fact]
    public Task The_readmes_endpoint_is_recorded_also_when_authorization_refuses() =>
        Shows("README.md", ".WithAuditedEndpoints();", async (_, services) =>
    {
        IReadOnlyList<AuditRecord> records = await Arrived.RecordsAsync(services, "DeleteProduct");

        Assert.Equal(["AccessDenied", null], records.Select(r => r.ErrorCode));
        Assert.Equal([("Anonymous", "product/1"), (Visit.User, "product/1")], records.Select(r => (r.UserName, r.Resources.Single().Arn)));
    });

    [Fact]
    public Task An_action_is_on_disk_before_it_runs_and_when_it_has_run() => Shows("docs/audit.md", "class Refunds(", async (_, services) =>
    {
        IReadOnlyList<AuditRecord> records = await Arrived.RecordsAsync(services, "RefundOrder");

        Assert.Equal(["order/1", "order/1"], records.Select(r => r.Resources.Single().Arn));
        Assert.Contains("\"refunded\":1", Arrived.TextOf(records[0]), StringComparison.Ordinal);
    });

    [Fact]
    public Task What_a_group_says_holds_for_its_endpoints() => Shows("docs/audit.md", "app.MapGroup(\"/admin\")", async (_, services) =>
    {
        // The intent and the outcome, and the refusal of whoever is nobody.
        Assert.Equal(3, (await Arrived.RecordsAsync(services, "DeleteProduct")).Count);
        IReadOnlyList<AuditRecord> exports = await Arrived.RecordsAsync(services, "ExportCustomers");
        Assert.Equal(3, exports.Count);
        Assert.All(exports, e => Assert.Contains("\"eventCategory\":\"Data\"", Arrived.TextOf(e), StringComparison.Ordinal));
    });

    [Fact]
    public Task A_controllers_action_is_recorded() => Shows("docs/audit.md", "class ProductsController", async (_, services) =>
        Assert.Equal(["product/1", "product/1"],
            (await Arrived.RecordsAsync(services, "DeleteProduct")).Select(r => r.Resources.Single().Arn)));

    [Fact]
    public Task The_trail_is_put_into_the_bucket_with_its_key() => Shows("docs/audit-shipping.md", ".ShipAuditTrailToS3(", after: stage =>
    {
        Assert.NotEmpty(stage.Bucket.Objects);
        Assert.All(stage.Bucket.Objects, o =>
        {
            Assert.Contains("shop/AWSLogs/111122223333/", o.Key, StringComparison.Ordinal);
            Assert.Equal(("aws:kms", "alias/audit"),
                (o.Value["x-amz-server-side-encryption"], o.Value["x-amz-server-side-encryption-aws-kms-key-id"]));
        });
    });

    [Fact]
    public async Task The_trail_is_shipped_to_its_log_group()
    {
        EmbeddedCloudWatch? here = null;
        await Shows(
            "docs/audit-shipping.md",
            "\"LogRetentionInDays\": 365",
            (_, services) => Task.FromResult(here = services.GetRequiredService<EmbeddedCloudWatch>()),
            _ => Assert.Single(
                here!.FilterLogEvents(
                    new FilterLogEventsRequest { LogGroupName = "/shop/Development/audit", FilterPattern = "Visit" }).Events));
    }

    [Fact]
    public Task A_pattern_takes_values_out_of_an_event() => Shows("docs/filter-patterns.md", "FilterPattern.Parse(", (_, services) =>
    {
        Assert.Equal(("Region=eu", 1, 812), Arrived.Metric(services, "Latency"));
        return Task.CompletedTask;
    });

    [Fact]
    public Task Metric_filters_count_what_matches_and_ship_a_part() =>
        Shows("docs/filter-patterns.md", ".AddMetricFilter(\"Latency\"", async (_, services) =>
    {
        ILogger logger = LoggerOf(services, "Shop");
        logger.LogInformation("{Route} took {Elapsed} ms.", "/orders", 12.5);
        for (int i = 0; i < 100; i++)
        {
            logger.LogInformation(new EventId(1, "Hit"), "Hit.");
        }

        await FlushAsync(services);

        Assert.Equal(("Route=/orders", 1, 12.5), Arrived.Metric(services, "Latency"));
        Assert.Equal(("", 100, 100), Arrived.Metric(services, "Hits"));
        Assert.Equal(99, services.GetRequiredService<ICloudObserve>().GetStatus().MetricFilters.Single(f => f.Name == "Hits").SampledOut);
    });

    [Fact]
    public Task What_is_counted_in_place_of_being_shipped_is_not_shipped() =>
        Shows("docs/cost.md", "\"Discard\": true", async (_, services) =>
    {
        LoggerOf(services, "Shop").LogInformation(new EventId(1, "RequestFinished"), "Finished.");
        LoggerOf(services, "Microsoft.Extensions").LogInformation("This is below the level that is shipped.");
        await FlushAsync(services);

        Assert.Equal(("", 1, 1), Arrived.Metric(services, "Requests"));
        Assert.DoesNotContain(
            Arrived.Messages(services), m => m.Contains("Finished.", StringComparison.Ordinal)
            || m.Contains("This is below", StringComparison.Ordinal));
    });

    [Fact]
    public Task Settings_that_are_moved_decide_what_is_shipped_and_where() =>
        Shows("docs/migration.md", "\"LogGroup\": \"/storefront/production\"", async (stage, services) =>
    {
        LoggerOf(services, "Microsoft.Extensions").LogInformation("This is below the level that is shipped.");
        LoggerOf(services, "Shop").LogInformation("This is not.");
        await FlushAsync(services);

        Assert.Contains(stage.Aws.LogEvents, e => e.LogGroup == "/storefront/production"
            && e.Message.Contains("This is not.", StringComparison.Ordinal));
        Assert.DoesNotContain(stage.Aws.LogEvents, e => e.Message.Contains("This is below", StringComparison.Ordinal));
    });

    [Fact]
    public Task A_function_flushes_to_standard_output_and_calls_nothing() =>
        Shows("docs/recipes.md", "EmbeddedMetricTarget.StandardOutput", after: stage =>
    {
        Assert.Equal(["Stopped with all metrics delivered: 1 accepted, 1 delivered."], stage.Notices.Ends);
        Assert.Empty(stage.Aws.Requests);
    });

    [Theory]
    [InlineData("\"family\": \"storefront\"")]
    [InlineData("\"kind\": \"Deployment\"")]
    public Task A_containers_variables_lead_to_AWS(string words) => Shows("docs/recipes.md", words, after: stage =>
        Assert.Single(stage.Aws.Series, s => s.MetricName == "Visits"));

    [Fact]
    public Task A_region_that_is_named_is_the_one_that_is_signed_for() =>
        Shows("docs/recipes.md", "aws.Profile = \"storefront\"", after: stage =>
        Assert.All(stage.Aws.Requests,
            r => Assert.Contains("/eu-west-1/monitoring/", r.Headers["Authorization"], StringComparison.Ordinal)));

    [Fact]
    public void The_status_that_is_shown_has_the_names_of_a_true_one()
    {
        using JsonDocument shown = JsonDocument.Parse(Documented.With("docs/status.md", "\"lastErrors\"").Text);

        Assert.Equal(Names<CloudObserveStatus>(), Names(shown.RootElement));
        Assert.Equal(Names<SignalStatus>(), Names(shown.RootElement.GetProperty("signals")[0]));
        Assert.Equal(Names<MetricFilterStatus>(), Names(shown.RootElement.GetProperty("metricFilters")[0]));
        Assert.Equal(Names<ReportedError>(), Names(shown.RootElement.GetProperty("lastErrors")[0]));
    }

    private static async Task Shows(
        string document, string words, Func<Stage, IServiceProvider, Task>? during = null, Action<Stage>? after = null) =>
        Rule.Holds("What documents promise is kept.", await BlockRun.FaultsAsync(Documented.With(document, words), during, after));

    private static IEnumerable<string> Names<T>() => typeof(T).GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    private static ILogger LoggerOf(IServiceProvider services, string category) =>
        services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    private static async Task FlushAsync(IServiceProvider services) => _ = await services.GetRequiredService<ICloudObserve>().FlushAsync();
}
