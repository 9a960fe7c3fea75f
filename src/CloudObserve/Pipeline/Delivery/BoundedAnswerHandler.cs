using System.Buffers;
using System.Net.Http;

namespace CloudObserve.Delivery;

/// <summary>An HTTP handler that reads at most a given number of bytes of each response body.</summary>
/// <remarks>
/// <para>
/// Put it on top of the handlers of an <see cref="HttpClient"/>, so that the limit applies after decompression. Every HTTP client of the
/// library uses it, and an <see cref="IBatchSink"/> that uses HTTP can use it too.
/// </para>
/// <para>
/// The body is read before the response is returned, so the request's cancellation token and time-out also apply to the body. A longer body
/// is cut at the limit; its status and headers are complete. If the body of an error response breaks off, the bytes received so far are the
/// body. If the body of a successful response breaks off, the request fails.
/// </para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public sealed class BoundedAnswerHandler : DelegatingHandler
{
    /// <summary>The default limit, in bytes: 64 KiB, which is about a hundred times the size of a usual response.</summary>
    public const int DefaultMaxBytes = 64 * 1024;

    private const int FirstRead = 4 * 1024;

    private readonly int _maxBytes;

    /// <summary>Initializes a new instance of the <see cref="BoundedAnswerHandler"/> class.</summary>
    /// <param name="inner">The handler that sends the requests. This handler disposes of it.</param>
    /// <param name="maxBytes">The maximum number of bytes read of a body; at least 1.</param>
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

        // A response to HEAD has no body, and its Content-Length describes another response.
        if (request.Method == HttpMethod.Head)
        {
            return answer;
        }

        try
        {
            HttpContent whole = answer.Content;
            answer.Content = await ReadAsync(answer, cancellationToken).ConfigureAwait(false);

            // Discards the unread rest of the body, and closes the connection if the rest is long.
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
        catch (Exception exception)
            when (!answer.IsSuccessStatusCode && exception is (HttpRequestException or IOException or InvalidDataException))
        {
            // The status already says that the request failed. A body that breaks off or cannot be decompressed does not change that.
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
        foreach ((string name, IEnumerable<string> values) in original.Headers.NonValidated.Select(
            h => (h.Key, (IEnumerable<string>)h.Value)))
        {
            // If the body was cut, Content-Length is the length of the part that was read.
            if (isWhole || !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                _ = content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return content;
    }
}
