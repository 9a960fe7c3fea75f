using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudObserve.S3.Tests;

/// <summary>A server that answers every request with far more than anybody wants to read: chunked, and compressed if asked.</summary>
/// <remarks>It sends one and the same piece of memory again and again, so that what is allocated meanwhile is the reader's.</remarks>
internal sealed class FloodServer : IAsyncDisposable
{
    private const int PieceBytes = 64 * 1024;
    private const long FloodBytes = 100L * 1024 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly byte[] _head;
    private readonly byte[] _piece;
    private readonly Task _accepting;
    private long _requests;

    /// <param name="status">The HTTP status of every answer.</param>
    /// <param name="contentType">What the answer says to be.</param>
    /// <param name="gzip">Whether it is compressed; it then grows to many times what is sent.</param>
    /// <param name="opening">How the body begins. It never ends.</param>
    internal FloodServer(int status, string contentType, bool gzip, string opening)
    {
        string encoding = gzip ? "Content-Encoding: gzip\r\n" : "";
        string head = $"HTTP/1.1 {status} Told\r\nContent-Type: {contentType}\r\n{encoding}Transfer-Encoding: chunked\r\n\r\n";
        byte[] first = gzip ? Compressed(opening) : Encoding.UTF8.GetBytes(opening);
        _head = [.. Encoding.ASCII.GetBytes(head), .. Chunk(first)];
        byte[] more = new byte[PieceBytes];
        more.AsSpan().Fill((byte)'x');
        _piece = Chunk(more);
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    internal Uri Url { get; }

    /// <summary>Gets the number of requests received.</summary>
    internal long Requests => Interlocked.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _closing.Dispose();
    }

    private static byte[] Chunk(byte[] content) =>
        [.. Encoding.ASCII.GetBytes($"{content.Length:x}\r\n"), .. content, (byte)'\r', (byte)'\n'];

    private static byte[] Compressed(string opening)
    {
        using MemoryStream output = new();
        using (GZipStream gzip = new(output, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(opening));
            byte[] more = new byte[1024 * 1024];
            more.AsSpan().Fill((byte)'x');
            for (long sent = 0; sent < FloodBytes; sent += more.Length)
            {
                gzip.Write(more);
            }
        }

        return output.ToArray();
    }

    private async Task AcceptAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        List<Task> connections = [];
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_closing.Token)));
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                continue;
            }
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using (socket)
        {
            try
            {
                byte[] request = new byte[PieceBytes];
                _ = await socket.ReceiveAsync(request, _closing.Token);
                _ = Interlocked.Increment(ref _requests);
                _ = await socket.SendAsync(_head, _closing.Token);
                for (long sent = 0; sent < FloodBytes; sent += PieceBytes)
                {
                    _ = await socket.SendAsync(_piece, _closing.Token);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // The reader has had enough, or the test ends.
            }
        }
    }
}
