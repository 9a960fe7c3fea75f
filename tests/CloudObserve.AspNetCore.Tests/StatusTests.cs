using System.Net;
using System.Net.Mime;
using System.Text.Json;
using CloudObserve.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.AspNetCore.Tests;

public sealed class StatusTests
{
    private const string Path = "/observe/status";

    // What a service answers to a wrong signature, with the request's headers in it.
    private const string WrongSignature = """
        The signature does not match for AKIAIOSFODNN7EXAMPLE. Check your key.

        The Canonical String for this request should have been 'POST x-amz-security-token:IQoJb3JpZ2luX2VjEXAMPLE'
        """;

    [Fact]
    public async Task It_shows_books_queues_filters_health_and_errors_as_JSON()
    {
        await using WebApplication app = await StartAsync(b => b
            .WithLogs(l => l.LogGroup = "/shop")
            .AddMetricFilter("Hits", "Hit", t => t.Metric("Shop", "Hits").Discard())
            .AddMetricFilter("Orders", "Order", t => t.Metric("Shop", "Orders").Sample(oneIn: 2))

            // The events of the request that asks for the status are in flight while it is answered.
            .Services.AddLogging(l => l.AddFilter((category, _) => category == "Shop")));
        ILogger logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        logger.LogInformation("Hit");
        logger.LogInformation("Order 1");
        logger.LogInformation("Order 2");
        app.Services.GetRequiredService<IMetricPublisher>().Put("OrderValue", double.NaN);
        _ = await app.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        using JsonDocument status = JsonDocument.Parse(await GetAsync(app));

        JsonElement root = status.RootElement;
        Assert.Equal("the embedded CloudWatch", root.GetProperty("destination").GetString());
        Assert.Equal("Degraded", root.GetProperty("health").GetString());
        Assert.Contains("InvalidValue", root.GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
        JsonElement logs = root.GetProperty("signals").EnumerateArray().Single(s => s.GetProperty("signal").GetString() == "logs");
        Assert.Equal("""{"DiscardedByFilter":1,"SampledOut":1}""", JsonSerializer.Serialize(logs.GetProperty("lost")));
        Assert.Equal(0, logs.GetProperty("inFlight").GetInt64());
        Assert.Equal(2, root.GetProperty("series").GetInt32());
        Assert.Empty(root.GetProperty("provisionedFilters").EnumerateArray());
        Assert.Equal(logs.GetProperty("accepted").GetInt64(), logs.GetProperty("delivered").GetInt64() + 2);
        Assert.Equal(
            [("Hits", 1, 1, 1, 0), ("Orders", 2, 2, 0, 1)],
            root.GetProperty("metricFilters").EnumerateArray()
                .Select(f => (f.GetProperty("name")
                    .GetString()!, Number(f, "matched"), Number(f, "added"), Number(f, "discarded"), Number(f, "sampledOut"))));
        JsonElement error = Assert.Single(root.GetProperty("lastErrors").EnumerateArray());
        Assert.Equal(("MisuseFound", "metrics", "InvalidValue", 1),
            (error.GetProperty("kind").GetString(), error.GetProperty("signal").GetString(), error.GetProperty("reason")
                .GetString(), Number(error, "count")));
    }

    [Fact]
    public async Task Its_names_stay_because_monitors_read_them()
    {
        await using WebApplication app = await StartAsync(b => b.WithLogs().AddMetricFilter("Hits", "Hit", t => t.Metric("Shop", "Hits")));
        app.Services.GetRequiredService<IMetricPublisher>().Put("OrderValue", double.NaN);

        using JsonDocument status = JsonDocument.Parse(await GetAsync(app));

        Assert.Equal(["time", "destination", "health", "reasons", "signals", "series", "metricFilters", "provisionedFilters",
            "lastErrors"], NamesOf(status.RootElement));
        Assert.Equal(
            ["signal", "accepted", "delivered", "lost", "inFlight", "spooled", "waitingBatches", "waitingBytes", "requests",
                "requestLimit", "oldestAge", "spoolBatches", "spoolBytes"],
            NamesOf(status.RootElement.GetProperty("signals")[0]));
        Assert.Equal(["name", "matched", "added", "discarded", "sampledOut"], NamesOf(status.RootElement.GetProperty("metricFilters")[0]));
        Assert.Equal(["kind", "signal", "reason", "message", "count", "first", "last"],
            NamesOf(status.RootElement.GetProperty("lastErrors")[0]));
        Assert.Equal(JsonValueKind.Number, status.RootElement.GetProperty("signals")[0].GetProperty("oldestAge").ValueKind);
    }

    [Fact]
    public async Task As_a_page_it_has_no_script_and_every_value_is_encoded()
    {
        await using WebApplication app =
            await StartAsync(b => b.WithLogs().AddMetricFilter("<script>alert(1)</script>", "Hit", t => t.Metric("Shop", "Hits")));
        app.Services.GetRequiredService<IMetricPublisher>().Put("<img src=x>", double.NaN);

        using HttpResponseMessage answer = await AskAsync(app, MediaTypeNames.Text.Html);
        string page = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.StartsWith(
            "default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("<h1>CloudObserve: Degraded</h1>", page, StringComparison.Ordinal);
        Assert.Contains(" 0 metric series<", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, MediaTypeNames.Application.Json)]
    [InlineData("*/*", MediaTypeNames.Application.Json)]
    [InlineData("image/png", MediaTypeNames.Application.Json)]
    [InlineData("application/*", MediaTypeNames.Application.Json)]
    [InlineData("text/html;q=0.5, application/json", MediaTypeNames.Application.Json)]
    [InlineData("text/html;q=0", MediaTypeNames.Application.Json)]
    [InlineData("no type at all", MediaTypeNames.Application.Json)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", MediaTypeNames.Text.Html)]
    [InlineData("application/json;q=0.1, text/*", MediaTypeNames.Text.Html)]
    public async Task It_comes_in_the_form_that_is_liked_best(string? accept, string given)
    {
        await using WebApplication app = await StartAsync(_ => { });

        using HttpResponseMessage answer = await AskAsync(app, accept);

        Assert.Equal(given, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("Accept", Assert.Single(answer.Headers.Vary));
    }

    [Fact]
    public async Task Who_may_see_it_is_the_hosts_to_say()
    {
        await using AuditedApp app =
            await AuditedApp.StartAsync(a => a.MapCloudObserveStatus("/status").RequireAuthorization("Managers"), AuditedApp.WithUsers);

        using HttpResponseMessage nobody = await app.SendAsync(HttpMethod.Get, "/status");
        using HttpResponseMessage clerk = await app.SendAsync(HttpMethod.Get, "/status", "name=anna;role=clerk");
        using HttpResponseMessage manager = await app.SendAsync(HttpMethod.Get, "/status", "name=anna;role=manager");

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.OK],
            new[] { nobody, clerk, manager }.Select(a => a.StatusCode));
        Assert.Contains("\"audit\"", await manager.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MediaTypeNames.Application.Json, false, "Rejected")]
    [InlineData(MediaTypeNames.Text.Html, false, "Rejected")]
    [InlineData(MediaTypeNames.Application.Json, true, "FormatterFailed")]
    public async Task It_tells_no_secret_and_nothing_that_was_logged(string form, bool throws, string reason)
    {
        await using WebApplication app = await StartAsync(b =>
        {
            _ = b.WithLogs().UseSink(_ => new RefusingSink("SignatureDoesNotMatch", WrongSignature));
            _ = throws ? b.UseLogEventFormatter(_ => new ThrowingFormatter()) : b;
        });
        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("The customer is {Name}", "Anna");
        app.Services.GetRequiredService<IMetricPublisher>().Put("Orders", 1);
        _ = await app.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        using HttpResponseMessage answer = await AskAsync(app, form);
        string status = await answer.Content.ReadAsStringAsync();

        Assert.Contains("The signature does not match", status, StringComparison.Ordinal);
        Assert.Contains(reason, status, StringComparison.Ordinal);
        Assert.DoesNotContain("AKIAIOSFODNN7EXAMPLE", status, StringComparison.Ordinal);
        Assert.DoesNotContain("security-token", status, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_library_it_says_which_call_is_missing()
    {
        await using WebApplication app = WebApplication.CreateBuilder().Build();

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => app.MapCloudObserveStatus());

        Assert.Contains("AddCloudObserve()", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(Action<CloudObserveBuilder> configure)
    {
        WebApplicationBuilder builder = BareWebApplication.CreateBuilder();
        configure(builder.AddCloudObserve());
        WebApplication app = builder.Build();
        _ = app.MapCloudObserveStatus();
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpResponseMessage> AskAsync(WebApplication app, string? accept)
    {
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        using HttpRequestMessage request = new(HttpMethod.Get, Path);
        if (accept is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("Accept", accept));
        }

        return await http.SendAsync(request);
    }

    private static async Task<string> GetAsync(WebApplication app)
    {
        using HttpResponseMessage answer = await AskAsync(app, MediaTypeNames.Application.Json);
        return await answer.Content.ReadAsStringAsync();
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static string[] NamesOf(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
