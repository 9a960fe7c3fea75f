using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Receives webhooks on the loopback interface, and answers as the test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Task _loop;

    internal WebhookReceiver()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Address = $"http://127.0.0.1:{port}/hooks/very-secret-path";
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _loop = Task.Run(ReceiveAsync);
    }

    internal string Address { get; }

    /// <summary>Gets or sets the status of the next answers.</summary>
    internal int Status { get; set; } = 200;

    internal ConcurrentQueue<(string Body, string? Id, string? Signature, string? Token)> Requests { get; } = new();

    internal async Task NextAsync() => Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30)));

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
        _arrived.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using StreamReader reader = new(context.Request.InputStream);
                string body = await reader.ReadToEndAsync();
                Requests.Enqueue((
                    body, context.Request.Headers["X-CloudObserve-Notification-Id"], context.Request.Headers["X-CloudObserve-Signature"],
                    context.Request.Headers["X-Token"]));
                context.Response.StatusCode = Status;
                context.Response.Close();
                _ = _arrived.Release();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
