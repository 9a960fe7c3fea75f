using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace CloudObserve.Testing.Wire;

/// <summary>Provides an HTTP/1.1 server on a free port of the loopback interface whose connections can be cut at any moment.</summary>
/// <threadsafety>Safe for concurrent use. The handler is called from several threads at once.</threadsafety>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly Func<HttpRequestData, CancellationToken, Task<byte[]?>> _handler;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly Task _accepting;

    /// <summary>Initializes a new instance of the <see cref="LoopbackServer"/> class that is already listening.</summary>
    /// <param name="handler">Returns the bytes of the answer; <see langword="null"/> resets the connection.</param>
    internal LoopbackServer(Func<HttpRequestData, CancellationToken, Task<byte[]?>> handler)
    {
        _handler = handler;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    internal Uri Url { get; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_connections.Keys).ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        // Yields first, so that neither the caller of the constructor nor its synchronization context (a test runner has one) runs the
        // loop.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!_closing.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_closing.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // Closing the server ends the loop. A peer that disconnects before it is accepted does not.
                continue;
            }

            Task connection = ServeAsync(socket);
            _connections[connection] = true;
            _ = connection.ContinueWith(
                done => _connections.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using (socket)
        {
            try
            {
                await ServeRequestsAsync(socket).ConfigureAwait(false);
            }
            catch (Exception exception)
                when (exception is OperationCanceledException or IOException or SocketException or InvalidDataException)
            {
                // The peer has disconnected, the data is not HTTP, or the server is closing. No answer can be sent.
                Reset(socket);
            }
        }
    }

    private async Task ServeRequestsAsync(Socket socket)
    {
        NetworkStream stream = new(socket);
        await using (stream.ConfigureAwait(false))
        {
            HttpReader reader = new(PipeReader.Create(stream));
            while (await reader.ReadAsync(_closing.Token).ConfigureAwait(false) is { } request)
            {
                if (await _handler(request, _closing.Token).ConfigureAwait(false) is not { } answer)
                {
                    Reset(socket);
                    return;
                }

                await stream.WriteAsync(answer, _closing.Token).ConfigureAwait(false);
            }
        }
    }

    // A linger time of zero sends a reset instead of an orderly close.
    private static void Reset(Socket socket) => socket.Close(0);
}
