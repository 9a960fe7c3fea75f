using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace CloudObserve.Integration.Tests.Delivery;

/// <summary>An HTTP endpoint that takes events, and that can be out, or stop answering.</summary>
internal sealed class EventReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Lock _lock = new();

    // All fields below are guarded by the lock.
    private readonly Dictionary<string, int> _times = [];
    private int _answersLeft;
    private int _unanswered;

    internal EventReceiver()
    {
        Url = $"http://127.0.0.1:{FreePort()}/events/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = Task.Run(ListenAsync);
    }

    internal string Url { get; }

    /// <summary>Gets the number of different events that arrived.</summary>
    internal int Distinct => Locked(() => _times.Count);

    /// <summary>Gets the number of arrivals of events that had arrived before.</summary>
    internal int Repeats => Locked(() => _times.Values.Sum() - _times.Count);

    /// <summary>Gets the number of requests whose events were taken and that were never answered.</summary>
    internal int Unanswered => Locked(() => _unanswered);

    /// <summary>Sets how many requests are answered from now on. Later ones are taken but not answered.</summary>
    internal void Answer(int requests) => Locked(() => _answersLeft = requests);

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                _ = Task.Run(() => TakeAsync(context));
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The receiver was disposed of.
        }
    }

    private async Task TakeAsync(HttpListenerContext context)
    {
        try
        {
            string[] ids = (await JsonSerializer.DeserializeAsync<string[]>(context.Request.InputStream))!;
            if (Status(ids) is { } status)
            {
                context.Response.StatusCode = status;
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException or JsonException)
        {
            // The sender was killed in the middle of a request.
        }
    }

    // Negative is out: nothing is taken.
    private int? Status(string[] ids)
    {
        lock (_lock)
        {
            if (_answersLeft < 0)
            {
                return (int)HttpStatusCode.ServiceUnavailable;
            }

            foreach (string id in ids)
            {
                _times[id] = _times.GetValueOrDefault(id) + 1;
            }

            if (_answersLeft == 0)
            {
                _unanswered++;
                return null;
            }

            _answersLeft--;
            return (int)HttpStatusCode.OK;
        }
    }

    private int Locked(Func<int> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
