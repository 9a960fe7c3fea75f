using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CloudObserve.AspNetCore.Tests;

/// <summary>Connections that end after the response began: the trail must not be left with a success.</summary>
public sealed class HangUpTests
{
    public static TheoryData<string, bool> Streams
    {
        get
        {
            TheoryData<string, bool> data = [];
            foreach (string stream in new[] { "/events", "/items", "/loop", "/token", "/abort", "/sends" })
            {
                data.Add(stream, false);
                data.Add(stream, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_connection_that_ends_after_the_response_began_is_recorded_a_second_time(string path, bool isHandled)
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a => Map(a, isHandled, AuditGuarantee.BeforeReturn));

        await HangUpAsync(app, path);

        await app.Trail.ArrivedAsync();
        await app.Trail.ArrivedAsync();
        await app.StopAsync();
        AuditEvent[] found = app.Trail.Events;
        Assert.Equal([null, path == "/abort" ? "ConnectionAborted" : "ClientAborted"], found.Select(e => e.ErrorCode));
        Assert.Equal(found[0].RequestId, found[1].RequestId);
        Assert.NotNull(found[1].ErrorMessage);
        Values.Equal(found[0].EventId!.Value, found[1].AdditionalEventData, "corrects");
        Assert.Equal(path != "/abort", found[1].AdditionalEventData!.Contains("clientAborted"));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task With_best_effort_the_one_record_says_that_the_response_broke_off(string path, bool isHandled)
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a => Map(a, isHandled, AuditGuarantee.BestEffort));

        await HangUpAsync(app, path);

        await app.Trail.ArrivedAsync();
        await app.StopAsync();
        Assert.Equal(path == "/abort" ? "ConnectionAborted" : "ClientAborted", app.Trail.Only.ErrorCode);
    }

    [Theory]
    [InlineData("/length")]
    [InlineData("/completed")]
    public async Task A_client_that_leaves_when_it_has_the_whole_response_has_not_hung_up(string path)
    {
        TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
        {
            _ = a.MapGet("/length", async (HttpContext context) =>
            {
                context.Response.ContentLength = 4;
                await context.Response.WriteAsync("done");
                await context.Response.Body.FlushAsync();
                await left.Task;
            }).Audited("Read");
            _ = a.MapGet("/completed", async (HttpContext context) =>
            {
                await context.Response.WriteAsync("done");
                await context.Response.CompleteAsync();
                await left.Task;
            }).Audited("Read");
        });

        Assert.Equal("done", await app.Http.GetStringAsync(path));
        app.Http.Dispose();
        left.SetResult();
        await app.StopAsync();

        Assert.Null(app.Trail.Only.ErrorCode);
    }

    [Fact]
    public async Task An_error_that_somebody_swallows_after_the_response_began_is_recorded_a_second_time()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
        {
            _ = a.Use(async (HttpContext context, RequestDelegate next) =>
            {
                try
                {
                    await next(context);
                }
                catch (InvalidDataException)
                {
                    await context.Response.WriteAsync("sorry");
                }
            });
            _ = a.MapGet("/", async (HttpContext context) =>
            {
                await context.Response.WriteAsync("first line, ");
                throw new InvalidDataException("The second line is damaged.");
            }).Audited("Export");
        });

        Assert.Equal("first line, sorry", await app.Http.GetStringAsync("/"));
        await app.StopAsync();

        Assert.Equal([null, "InvalidDataException"], app.Trail.Events.Select(e => e.ErrorCode));
    }

    private static void Map(WebApplication app, bool isHandled, AuditGuarantee guarantee)
    {
        if (isHandled)
        {
            _ = app.UseExceptionHandler(e => e.Run(c => c.Response.WriteAsync("sorry")));
        }

        RouteGroupBuilder group = app.MapGroup("").Audited("Read", configure: o => o.Guarantee = guarantee);
        _ = group.MapGet("/events", (CancellationToken token) => TypedResults.ServerSentEvents(EventsAsync(token)));
        _ = group.MapGet("/items", (CancellationToken token) => ItemsAsync(token));
        _ = group.MapGet("/loop", async (HttpContext context) =>
        {
            // It neither passes the token on nor looks at it, and ends some time after the client has gone.
            Task gone = GoneAsync(context);
            await context.Response.WriteAsync("0", CancellationToken.None);
            await context.Response.Body.FlushAsync(CancellationToken.None);
            await gone;
            await context.Response.WriteAsync("1", CancellationToken.None);
        });
        _ = group.MapGet("/token", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("0");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });
        _ = group.MapGet("/abort", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("0");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        _ = group.MapGet("/sends", async (HttpContext context) =>
        {
            // Kestrel answers a write to a connection that is gone as if it had succeeded.
            Task gone = GoneAsync(context);
            await context.Response.BodyWriter.WriteAsync("0"u8.ToArray());
            await gone;
            Span<byte> rest = context.Response.BodyWriter.GetSpan(1);
            rest[0] = (byte)'1';
            context.Response.BodyWriter.Advance(1);
        });
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new SseItem<string>("0");
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private static async IAsyncEnumerable<string> ItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return "0";
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private static Task GoneAsync(HttpContext context)
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = context.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    }

    /// <summary>Asks, waits until the response has begun, and closes the connection.</summary>
    private static async Task HangUpAsync(AuditedApp app, string path)
    {
        try
        {
            using HttpResponseMessage answer =
                await app.Http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            Assert.True(answer.IsSuccessStatusCode);
        }
        catch (HttpRequestException) when (path == "/abort")
        {
            // The connection may be reset before the client has read what was sent.
        }
    }
}
