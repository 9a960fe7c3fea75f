using System.Net;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CloudObserve.AspNetCore.Tests;

public sealed class OutcomeTests
{
    [Theory]
    [InlineData(200, null)]
    [InlineData(302, null)]
    [InlineData(400, "BadRequest")]
    [InlineData(401, "AccessDenied")]
    [InlineData(403, "AccessDenied")]
    [InlineData(404, "NotFound")]
    [InlineData(409, "Conflict")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(499, "ClientClosedRequest")]
    [InlineData(500, "InternalServerError")]
    [InlineData(555, "Status555")]
    public async Task The_status_tells_how_an_action_ended(int status, string? code)
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a => a.MapPost("/", () => Results.StatusCode(status)).Audited("Act"));

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/");

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, app.Trail.Only.ErrorCode);
        Assert.Equal(code is null, app.Trail.Only.ErrorMessage is null);
        Values.Equal(status, app.Trail.Only.AdditionalEventData, "httpStatusCode");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exception_is_recorded_whoever_handles_it(bool handled)
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
        {
            if (handled)
            {
                _ = a.UseExceptionHandler(e => e.Run(c => c.Response.WriteAsync("sorry")));
            }

            _ = a.MapPost("/{id}", void (string id) => throw new InvalidOperationException($"No {id}.")).Audited("Act", "thing/{id}");
        });

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/7");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(handled ? "sorry" : "", await answer.Content.ReadAsStringAsync());
        Assert.Equal(("InvalidOperationException", "No 7."), (app.Trail.Only.ErrorCode, app.Trail.Only.ErrorMessage));
        Assert.Equal("thing/7", Assert.Single(app.Trail.Only.Resources).Arn);
    }

    [Fact]
    public async Task An_action_that_breaks_off_after_its_response_has_begun_is_recorded_again_with_why()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a => a.MapGet("/export", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("first line");
            throw new InvalidDataException("The second line is damaged.");
        }).Audited("Export"));

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => app.Http.GetStringAsync("/export"));

        await app.Trail.ArrivedAsync();
        await app.Trail.ArrivedAsync();
        AuditEvent[] found = app.Trail.Events;
        Assert.Equal([null, "InvalidDataException"], found.Select(e => e.ErrorCode));
        Assert.Equal(found[0].RequestId, found[1].RequestId);
        Assert.NotEqual(found[0].EventId, found[1].EventId);
        Values.Equal(found[0].EventId!.Value, found[1].AdditionalEventData, "corrects");
    }

    [Fact]
    public async Task What_fails_behind_an_action_that_was_recorded_does_not_change_how_it_ended()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
        {
            _ = a.Use(async (HttpContext c, RequestDelegate next) =>
            {
                await next(c);
                throw new InvalidOperationException("Afterwards.");
            });
            _ = a.MapPost("/", () => Results.NoContent()).Audited("Act");
        });

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Null(app.Trail.Only.ErrorCode);
    }

    [Fact]
    public async Task A_client_that_hangs_up_does_not_keep_the_action_out_of_the_trail()
    {
        TaskCompletionSource running = new();
        await using AuditedApp app = await AuditedApp.StartAsync(a => a.MapPost("/", async (HttpContext context) =>
        {
            running.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }).Audited("Act", configure: o => o.Guarantee = AuditGuarantee.BeforeAction));

        await HangUpAsync(app, running.Task);

        Assert.Equal("ClientAborted", app.Trail.Only.ErrorCode);
        Values.Equal(true, app.Trail.Only.AdditionalEventData, "clientAborted");
    }

    [Fact]
    public async Task An_action_that_succeeds_although_its_client_hung_up_succeeded()
    {
        TaskCompletionSource running = new();
        await using AuditedApp app = await AuditedApp.StartAsync(a => a.MapPost("/", async (HttpContext context) =>
        {
            TaskCompletionSource gone = new();
            using CancellationTokenRegistration _ = context.RequestAborted.Register(gone.SetResult);
            running.SetResult();
            await gone.Task;
            return "done";
        }).Audited("Act"));

        await HangUpAsync(app, running.Task);

        Assert.Null(app.Trail.Only.ErrorCode);
        Values.Equal(true, app.Trail.Only.AdditionalEventData, "clientAborted");
    }

    [Fact]
    public async Task An_audited_error_page_and_the_audited_action_it_stands_for_are_both_recorded()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
        {
            _ = a.UseExceptionHandler("/sorry");
            _ = a.UseRouting();
            _ = a.Map("/sorry", () => "sorry").Audited("Apologise");
            _ = a.MapPost("/", void () => throw new InvalidOperationException("No.")).Audited("Act");
        });

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/");

        Assert.Equal("sorry", await answer.Content.ReadAsStringAsync());
        Assert.Equal(["Act", "Apologise"], app.Trail.Events.Select(e => e.EventName));
        Assert.Equal("InvalidOperationException", app.Trail.Events[0].ErrorCode);
    }

    /// <summary>Sends a request, hangs up while its code runs, and waits until it is recorded.</summary>
    private static async Task HangUpAsync(AuditedApp app, Task running)
    {
        using CancellationTokenSource hangUp = new();
        Task<HttpResponseMessage> sent = app.Http.PostAsync(new Uri("/", UriKind.Relative), null, hangUp.Token);
        await running;
        await hangUp.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        await app.Trail.ArrivedAsync();
        await app.StopAsync();
    }
}
