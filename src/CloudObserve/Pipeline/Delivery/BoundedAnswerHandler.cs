using System.Buffers;
using System.Net.Http;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Keeps what a server answers within a limit: each answer is read up to it, and the rest is not read at all.</summary>
/// <remarks>
/// <para>
/// Put it on top of the handlers of an <see cref="HttpClient"/>, so that the limit holds for what an answer is after decompression. Every client of
/// the library has it, and whoever writes an <see cref="IBatchSink"/> over HTTP may use it.
/// </para>
/// <para>
/// The answer is read before it is handed on, so the request's cancellation token and time-out hold for its body too, however it is read later.
/// An answer that is longer ends at the limit; its status and headers are whole. When the body of an error breaks off, what came of it is the
/// body; when that of a success breaks off, the request fails.
/// </para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public sealed class BoundedAnswerHandler : DelegatingHandler
{
    /// <summary>The limit where none is given, in bytes: 64 KiB, a hundred times what a service has to say about a request.</summary>
    public const int DefaultMaxBytes = 64 * 1024;

    private const int FirstRead = 4 * 1024;

    private readonly int _maxBytes;

    /// <summary>Initializes a new instance of the <see cref="BoundedAnswerHandler"/> class.</summary>
    /// <param name="inner">The handler that sends the requests. It is disposed of with this one.</param>
    /// <param name="maxBytes">How much of a body is read, in bytes; at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="inner"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is less than 1.</exception>
    public BoundedAnswerHandler(HttpMessageHandler inner, int maxBytes = DefaultMaxBytes)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        _maxBytes = maxBytes;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        HttpResponseMessage answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        // An answer to HEAD has no body; its length is that of something else.
        if (request.Method == HttpMethod.Head)
        {
            return answer;
        }

        try
        {
            HttpContent whole = answer.Content;
            answer.Content = await ReadAsync(answer, cancellationToken).ConfigureAwait(false);

            // What has not been read is dropped here, with the connection if it is much.
            whole.Dispose();
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private async Task<HttpContent> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstRead, _maxBytes));
        int length = 0;
        bool isWhole = false;
        try
        {
            Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (!isWhole && length < _maxBytes)
            {
                buffer = WithRoom(buffer, length);
                Memory<byte> room = buffer.AsMemory(length, Math.Min(buffer.Length, _maxBytes) - length);
                int read = await body.ReadAsync(room, cancellationToken).ConfigureAwait(false);
                length += read;
                isWhole = read == 0;
            }
        }
        catch (Exception fault) when (!answer.IsSuccessStatusCode && fault is (HttpRequestException or IOException or InvalidDataException))
        {
            // The status says that the request failed. A body that breaks off, or cannot be decompressed, does not put that in doubt.
        }

        HttpContent content = Copy(answer.Content, buffer.AsSpan(0, length), isWhole);
        ArrayPool<byte>.Shared.Return(buffer);
        return content;
    }

    private static byte[] WithRoom(byte[] buffer, int length)
    {
        if (length < buffer.Length)
        {
            return buffer;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static ByteArrayContent Copy(HttpContent original, ReadOnlySpan<byte> bytes, bool isWhole)
    {
        ByteArrayContent content = new(bytes.ToArray());
        foreach ((string name, IEnumerable<string> values) in original.Headers.NonValidated.Select(h => (h.Key, (IEnumerable<string>)h.Value)))
        {
            // The length of a body that was cut is that of what is there.
            if (isWhole || !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                _ = content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return content;
    }
}
