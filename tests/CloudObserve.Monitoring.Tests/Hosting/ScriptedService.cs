using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Receives calls of a service of AWS on the loopback interface, and answers as the test says.</summary>
internal sealed class ScriptedService : IAsyncDisposable
{
    private const string Accepted =
        """<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>""";

    private readonly HttpListener _listener = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Task _loop;

    internal ScriptedService()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Url = new Uri($"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Url.AbsoluteUri);
        _listener.Start();
        _loop = Task.Run(ReceiveAsync);
    }

    internal Uri Url { get; }

    /// <summary>Gets the status and the body of the next answers; the last one is repeated.</summary>
    internal ConcurrentQueue<(int Status, string Body)> Answers { get; } = new();

    internal ConcurrentQueue<(string Body, string Authorization, string? Target)> Requests { get; } = new();

    /// <summary>Reads the parameters of the query protocol.</summary>
    internal static Dictionary<string, string> Form(string body) => body.Split('&').Select(static pair => pair.Split('='))
        .ToDictionary(static pair => pair[0], static pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);

    internal static string Error(string code, string message) =>
        $"""<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r</RequestId></ErrorResponse>""";

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
                string received = await reader.ReadToEndAsync();
                Requests.Enqueue((received, context.Request.Headers["Authorization"] ?? "", context.Request.Headers["X-Amz-Target"]));
                (int status, string body) = Answers.Count > 1 && Answers.TryDequeue(out var next) ? next
                    : Answers.TryPeek(out var last) ? last : (200, Accepted);
                context.Response.StatusCode = status;
                context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: true);
                _ = _arrived.Release();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
