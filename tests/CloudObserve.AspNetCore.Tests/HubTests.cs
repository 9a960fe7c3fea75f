using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.AspNetCore.Tests;

/// <summary>Tests the audit mark on a SignalR hub, whose calls are not HTTP requests.</summary>
public sealed class HubTests
{
    // SignalR's JSON protocol ends each message with it.
    private const char End = '\u001e';

    [Fact]
    public async Task Of_a_hub_that_is_marked_the_connections_are_recorded_and_the_calls_are_not()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a => a.MapHub<MarkedHub>("/chat"), b => b.Services.AddSignalR());

        using HttpResponseMessage negotiated = await app.SendAsync(HttpMethod.Post, "/chat/negotiate?negotiateVersion=1");
        await app.Trail.ArrivedAsync();
        string answers = await TalkAsync(app, """{"type":1,"invocationId":"1","target":"Say","arguments":[]}""");
        await app.Trail.ArrivedAsync();

        Assert.Equal(HttpStatusCode.OK, negotiated.StatusCode);
        Assert.Contains("\"result\":\"said\"", answers, StringComparison.Ordinal);
        await app.StopAsync();
        Assert.Equal(["Chat", "Chat"], app.Trail.Events.Select(e => e.EventName));
    }

    [Fact]
    public async Task A_mark_on_a_method_of_a_hub_which_has_no_effect_fails_the_start()
    {
        await using AuditedApp app = AuditedApp.Build(a => a.MapHub<HubWithMarkedMethod>("/chat"), b => b.Services.AddSignalR());

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(app.StartAsync);

        Assert.Contains("The hub 'HubWithMarkedMethod' has [Audited] on Say", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mark_on_a_hub_or_on_its_method_that_nothing_records_fails_the_start()
    {
        WebApplicationBuilder builder = BareWebApplication.CreateBuilder();
        _ = builder.Services.AddSignalR();
        _ = builder.AddCloudObserve();
        await using WebApplication app = builder.Build();
        _ = app.MapHub<MarkedHub>("/marked");
        _ = app.MapHub<HubWithMarkedMethod>("/method");

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());

        Assert.Contains("/marked", exception.Message, StringComparison.Ordinal);
        Assert.Contains("/method", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<string> TalkAsync(AuditedApp app, string call)
    {
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new UriBuilder(app.Http.BaseAddress!) { Scheme = "ws", Path = "/chat" }.Uri, CancellationToken.None);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes($$"""{"protocol":"json","version":1}{{End}}{{call}}{{End}}"""), WebSocketMessageType.Text,
            endOfMessage: true, CancellationToken.None);
        StringBuilder answers = new();
        byte[] buffer = new byte[1024];
        while (!answers.ToString().Contains("\"result\"", StringComparison.Ordinal))
        {
            WebSocketReceiveResult read = await socket.ReceiveAsync(buffer, CancellationToken.None);
            Assert.NotEqual(WebSocketMessageType.Close, read.MessageType);
            _ = answers.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        return answers.ToString();
    }

    [Audited("Chat")]
    private sealed class MarkedHub : Hub
    {
        public string Say() => "said";
    }

    private sealed class HubWithMarkedMethod : Hub
    {
        [Audited("Say")]
        public string Say() => "said";
    }
}
