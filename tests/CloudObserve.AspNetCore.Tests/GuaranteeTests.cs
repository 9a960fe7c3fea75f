using System.Net;
using System.Text.Json;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.AspNetCore.Tests;

public sealed class GuaranteeTests
{
    private static readonly AuditTrailException DiskIsFull = new("The disk is full: /var/audit.");

    [Fact]
    public async Task With_BeforeAction_the_code_does_not_run_without_its_intent()
    {
        int runs = 0;
        await using AuditedApp app = await StartAsync(AuditGuarantee.BeforeAction, _ => ++runs);
        app.Trail.Fault = DiskIsFull;

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/act");

        await AssertRefusedAsync(answer, "was not performed");
        Assert.Equal(0, runs);
        Assert.Equal(1, app.Trail.Attempts);
    }

    [Fact]
    public async Task With_BeforeAction_the_code_waits_for_its_intent()
    {
        TaskCompletionSource disk = new();
        TaskCompletionSource ran = new();
        await using AuditedApp app = await StartAsync(AuditGuarantee.BeforeAction, _ => ran.TrySetResult());
        app.Trail.Disk = disk.Task;

        Task<HttpResponseMessage> sent = app.SendAsync(HttpMethod.Post, "/act");
        await app.Trail.IntentArrivedAsync();
        Assert.False(ran.Task.IsCompleted);
        disk.SetResult();
        using HttpResponseMessage answer = await sent;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(ran.Task.IsCompleted);
        Assert.Equal("Act", Assert.Single(app.Trail.Intents).EventName);
        Assert.Equal("Act", app.Trail.Only.EventName);
    }

    [Theory]
    [InlineData(AuditGuarantee.BeforeReturn)]
    [InlineData(AuditGuarantee.BeforeAction)]
    public async Task No_byte_of_a_response_is_sent_before_the_record_is_kept(AuditGuarantee guarantee)
    {
        TaskCompletionSource disk = new();
        AuditedApp? running = null;
        await using AuditedApp app = await StartAsync(guarantee, context =>
        {
            // The intent is kept at once, what follows is not.
            running!.Trail.Disk = disk.Task;
            context.Response.ContentLength = 4;
            return context.Response.WriteAsync("done");
        });
        running = app;

        using HttpRequestMessage request = new(HttpMethod.Post, "/act");
        Task<HttpResponseMessage> sent = app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await app.Trail.ArrivedAsync();
        Assert.Empty(app.Trail.Events);
        Assert.False(sent.IsCompleted);
        disk.SetResult();

        using HttpResponseMessage answer = await sent;
        Assert.Equal("done", await answer.Content.ReadAsStringAsync());
        Assert.Null(app.Trail.Only.ErrorCode);
    }

    [Theory]
    [InlineData(AuditGuarantee.BeforeReturn, "write")]
    [InlineData(AuditGuarantee.BeforeReturn, "buffer")]
    [InlineData(AuditGuarantee.BeforeReturn, "start")]
    [InlineData(AuditGuarantee.BeforeReturn, "swallow")]
    [InlineData(AuditGuarantee.BeforeReturn, "nothing")]
    [InlineData(AuditGuarantee.BeforeAction, "write")]
    public async Task A_response_whose_record_is_not_kept_is_replaced_whole(AuditGuarantee guarantee, string how)
    {
        await using AuditedApp app = await StartAsync(guarantee, context => RespondAsync(context, how));
        app.Trail.Fault = DiskIsFull;
        app.Trail.FaultFrom = guarantee == AuditGuarantee.BeforeAction ? 1 : 0;

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/act");

        await AssertRefusedAsync(answer, "may have been performed");
        Assert.False(answer.Headers.Contains("X-Secret"));
    }

    [Fact]
    public async Task An_error_page_does_not_stand_in_for_a_record_that_is_not_kept()
    {
        await using AuditedApp app = await StartAsync(
            AuditGuarantee.BeforeReturn,
            context => RespondAsync(context, "write"),
            a => a.UseExceptionHandler(e => e.Run(c => c.Response.WriteAsync("sorry"))).UseStatusCodePages());
        app.Trail.Fault = DiskIsFull;

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/act");

        await AssertRefusedAsync(answer, "may have been performed");
    }

    [Fact]
    public async Task A_refusal_that_is_not_recorded_is_not_given_either()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(
            a => a.MapPost("/act", () => "done").RequireAuthorization("Managers").Audited("Act"), AuditedApp.WithUsers);
        app.Trail.Fault = DiskIsFull;

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/act");

        await AssertRefusedAsync(answer, "was not performed");
    }

    [Fact]
    public async Task BestEffort_never_affects_a_request()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(
            a => a.MapPost("/act", () => "done").Audited("Act", configure: o => o.Guarantee = AuditGuarantee.BestEffort),
            b => b.Services.Configure<AuditedRequestOptions>(
                o => o.Identify = c => c.Request.Query.ContainsKey("odd") ? throw new FormatException() : AuditIdentity.Anonymous));
        app.Trail.Disk = new TaskCompletionSource().Task;

        Assert.Equal("done", await PostAsync(app, "/act"));
        Assert.Equal(AuditGuarantee.BestEffort, app.Trail.OnlyGuarantee);

        app.Trail.Fault = DiskIsFull;
        Assert.Equal("done", await PostAsync(app, "/act"));
        Assert.Equal("done", await PostAsync(app, "/act?odd=1"));
        _ = Assert.Single(app.Trail.Events);
    }

    [Fact]
    public async Task Who_cannot_be_told_fails_the_request_before_its_code_runs()
    {
        int runs = 0;
        await using AuditedApp app = await AuditedApp.StartAsync(
            a => a.MapPost("/act", () => ++runs).Audited("Act"),
            b => b.Services.Configure<AuditedRequestOptions>(o => o.Identify = _ => throw new FormatException()));

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/act");

        await AssertRefusedAsync(answer, "was not performed");
        Assert.Equal(0, runs);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("buffer")]
    [InlineData("sync")]
    [InlineData("start")]
    [InlineData("complete")]
    [InlineData("file")]
    public async Task A_response_arrives_whole_however_it_is_written(string how)
    {
        await using AuditedApp app = await StartAsync(
            AuditGuarantee.BeforeReturn, context => RespondAsync(context, how), a => a.UseResponseCompression(),
            b => b.Services.AddResponseCompression());

        foreach (string encoding in new[] { "identity", "gzip" })
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/act");
            request.Headers.Add("Accept-Encoding", encoding);
            using HttpResponseMessage answer = await app.Http.SendAsync(request);
            Stream body = await answer.Content.ReadAsStreamAsync();
            using StreamReader text = new(
                answer.Content.Headers.ContentEncoding.Contains("gzip")
                    ? new System.IO.Compression.GZipStream(body, System.IO.Compression.CompressionMode.Decompress) : body);
            Assert.Equal("secret", await text.ReadToEndAsync());
        }

        Assert.Equal(2, app.Trail.Events.Length);
        Assert.All(app.Trail.Events, e => Assert.Null(e.ErrorCode));
    }

    private static async Task RespondAsync(HttpContext context, string how)
    {
        byte[] secret = "secret"u8.ToArray();
        context.Response.Headers["X-Secret"] = "secret";
        context.Response.ContentType = "text/plain";
        switch (how)
        {
            case "write":
                await context.Response.WriteAsync("sec");
                await context.Response.Body.WriteAsync(secret.AsMemory(3));
                break;
            case "buffer":
                secret.CopyTo(context.Response.BodyWriter.GetMemory(secret.Length));
                context.Response.BodyWriter.Advance(secret.Length);
                break;
            case "sync":
                context.Response.Body.Write(secret, 0, 3);
                context.Response.Body.Flush();
                await context.Response.Body.WriteAsync(secret.AsMemory(3, 2));
                context.Response.Body.Write(secret.AsSpan(5));
                break;
            case "start":
                await context.Response.StartAsync();
                await context.Response.Body.WriteAsync(secret);
                break;
            case "complete":
                secret.CopyTo(context.Response.BodyWriter.GetMemory(secret.Length));
                context.Response.BodyWriter.Advance(secret.Length);
                await context.Response.CompleteAsync();
                break;
            case "file":
                string path = Path.GetTempFileName();
                await File.WriteAllBytesAsync(path, secret);
                await context.Response.SendFileAsync(path);
                File.Delete(path);
                break;
            case "swallow":
                try
                {
                    await context.Response.WriteAsync("secret");
                }
                catch (AuditTrailException)
                {
                    // Code that knows better.
                }

                break;
            default:
                break;
        }
    }

    private static async Task<string> PostAsync(AuditedApp app, string path)
    {
        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, path);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string detail)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        string body = await answer.Content.ReadAsStringAsync();
        using JsonDocument problem = JsonDocument.Parse(body);
        Assert.Equal(503, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Contains(detail, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("/var/audit", body, StringComparison.Ordinal);
    }

    private static Task<AuditedApp> StartAsync(
        AuditGuarantee guarantee, Action<HttpContext> code, Action<WebApplication>? pipeline =
            null, Action<WebApplicationBuilder>? configure = null) =>
        StartAsync(
            guarantee,
            context =>
            {
                code(context);
                return Task.CompletedTask;
            },
            pipeline,
            configure);

    private static Task<AuditedApp> StartAsync(
        AuditGuarantee guarantee, Func<HttpContext, Task> code, Action<WebApplication>? pipeline =
            null, Action<WebApplicationBuilder>? configure = null) =>
        AuditedApp.StartAsync(
            app =>
            {
                pipeline?.Invoke(app);
                _ = app.MapPost("/act", (RequestDelegate)(context => code(context)))
                    .Audited("Act", configure: o => o.Guarantee = guarantee);
            },
            configure);
}
