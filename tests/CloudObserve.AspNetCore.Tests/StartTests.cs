using System.Net;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.AspNetCore.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Endpoints_that_cannot_be_recorded_as_they_should_be_fail_the_start_all_at_once()
    {
        await using AuditedApp app = AuditedApp.Build(a =>
        {
            _ = a.MapPost("/nameless", () => "").Audited();
            _ = a.MapPost("/{number}", (int number) => number).Audited("Act", "thing/{id}");
            _ = a.MapPost("/insight", () => "").Audited("Insight", configure: o => o.Category = AuditEventCategory.Insight);
        });

        InvalidOperationException fault = await Assert.ThrowsAsync<InvalidOperationException>(app.StartAsync);

        Assert.Contains("/nameless", fault.Message, StringComparison.Ordinal);
        Assert.Contains("names id, which its route has not", fault.Message, StringComparison.Ordinal);
        Assert.Contains("not Insight", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_nothing_records_fails_at_once()
    {
        await using WebApplication app = WithoutRecording();

        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(() => app.MapGroup("/admin").Audited("Administer"));

        Assert.Contains("WithAuditedEndpoints()", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_nothing_records_never_runs()
    {
        int runs = 0;
        await using WebApplication app = WithoutRecording();
        _ = app.MapPost("/act", () => ++runs).Audited("Act");
        await app.StartAsync();

        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        using HttpResponseMessage answer = await http.PostAsync(new Uri("/act", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(0, runs);
    }

    [Fact]
    public async Task Setting_it_up_twice_records_once()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(
            a => a.MapPost("/", () => "").Audited("Act"), b => b.AddCloudObserve().WithAuditedEndpoints().WithAuditedEndpoints());

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/");

        Assert.Equal("Act", app.Trail.Only.EventName);
    }

    private static WebApplication WithoutRecording()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        _ = builder.Logging.ClearProviders();
        return builder.Build();
    }
}
