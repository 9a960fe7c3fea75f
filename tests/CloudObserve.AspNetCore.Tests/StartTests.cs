using System.Net;
using System.Reflection;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(app.StartAsync);

        Assert.Contains("/nameless", exception.Message, StringComparison.Ordinal);
        Assert.Contains("uses id, which is not in its route", exception.Message, StringComparison.Ordinal);
        Assert.Contains("not Insight", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_nothing_records_fails_at_once()
    {
        await using WebApplication app = WithoutRecording();

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => app.MapGroup("/admin").Audited("Administer"));

        Assert.Contains("WithAuditedEndpoints()", exception.Message, StringComparison.Ordinal);
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

    [Fact]
    public async Task A_handler_that_is_marked_and_that_nothing_records_fails_the_start_by_name_and_names_the_call()
    {
        WebApplicationBuilder builder = BareWebApplication.CreateBuilder();
        _ = builder.AddCloudObserve();
        await using WebApplication app = builder.Build();
        _ = app.MapDelete("/products/{id}", [Audited("DeleteProduct")] (string id) => id);
        _ = app.MapPost("/refunds", [Audited("Refund")] () => "");
        _ = app.MapGet("/products", () => "");

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());

        Assert.Contains("/products/{id}, HTTP: POST /refunds", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("GET", exception.Message, StringComparison.Ordinal);
        Assert.Contains("WithAuditedEndpoints()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_only_the_services_have_the_library_a_mark_on_a_handler_goes_unnoticed_as_the_limits_say()
    {
        WebApplicationBuilder builder = BareWebApplication.CreateBuilder();
        _ = builder.Services.AddCloudObserve();
        await using WebApplication app = builder.Build();
        _ = app.MapPost("/refunds", [Audited("Refund")] () => "");
        await app.StartAsync();

        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        using HttpResponseMessage answer = await http.PostAsync(new Uri("/refunds", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["metrics"], app.Services.GetRequiredService<ICloudObserve>().Ledgers.Keys);
    }

    [Fact]
    public async Task A_handler_that_is_marked_is_recorded()
    {
        await using AuditedApp app =
            await AuditedApp.StartAsync(a => a.MapDelete("/products/{id}", [Audited("DeleteProduct")] (string id) => id));

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Delete, "/products/1");

        Assert.Equal("DeleteProduct", app.Trail.Only.EventName);
    }

    [Fact]
    public async Task A_mark_on_a_handler_of_a_page_which_has_no_effect_fails_the_start()
    {
        MethodInfo handler = typeof(MarkedPage).GetMethod(nameof(MarkedPage.OnPost))!;
        CompiledPageActionDescriptor page = new() { HandlerMethods = [new HandlerMethodDescriptor { MethodInfo = handler }] };
        await using AuditedApp app = AuditedApp.Build(a => a.MapPost("/page", () => "").WithMetadata(page));

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(app.StartAsync);

        Assert.Contains("[Audited] on OnPost", exception.Message, StringComparison.Ordinal);
    }

    private static WebApplication WithoutRecording() => BareWebApplication.CreateBuilder().Build();

    private static class MarkedPage
    {
        [Audited("Post")]
        public static void OnPost()
        {
        }
    }
}
