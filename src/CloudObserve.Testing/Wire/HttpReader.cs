using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace CloudObserve.Testing.Wire;

/// <summary>Reads HTTP/1.1 requests from a connection: a head, then a body with a length or in chunks.</summary>
/// <exception cref="InvalidDataException">The data is not valid HTTP/1.1.</exception>
internal sealed class HttpReader(PipeReader pipe)
{
    // In bytes. Larger than any limit of the services, so that tests reach the service's own limit first.
    private const int MaxBody = 16 * 1024 * 1024;

    /// <summary>Reads the next request; <see langword="null"/> when the peer has closed the connection.</summary>
    internal async Task<HttpRequestData?> ReadAsync(CancellationToken cancellationToken)
    {
        string? start = await LineAsync(cancellationToken).ConfigureAwait(false);
        if (start is null)
        {
            return null;
        }

        string[] parts = start.Split(' ');
        if (parts.Length != 3)
        {
            throw new InvalidDataException($"No request line: {start}");
        }

        Dictionary<string, string> headers = await HeadersAsync(cancellationToken).ConfigureAwait(false);
        byte[] body = headers.TryGetValue("Transfer-Encoding", out string? coding)
            && coding.Equals("chunked", StringComparison.OrdinalIgnoreCase)
            ? await ChunksAsync(cancellationToken).ConfigureAwait(false)
            : await BytesAsync(Length(headers.GetValueOrDefault("Content-Length", "0"), NumberStyles.None), cancellationToken)
                .ConfigureAwait(false);
        return new HttpRequestData(parts[0], parts[1], headers, body);
    }

    private static int Length(string text, NumberStyles style) =>
        int.TryParse(text, style, CultureInfo.InvariantCulture, out int length) && length is >= 0 and <= MaxBody
            ? length
            : throw new InvalidDataException($"No length: {text}");

    private async Task<Dictionary<string, string>> HeadersAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new InvalidDataException($"No header: {line}");
            }

            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return headers;
    }

    private async Task<byte[]> ChunksAsync(CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        while (true)
        {
            string size = await LineAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException("The body ends early.");
            int length = Length(size.Split(';')[0], NumberStyles.AllowHexSpecifier);
            body.Write(await BytesAsync(length, cancellationToken).ConfigureAwait(false));
            Length(body.Length.ToString(CultureInfo.InvariantCulture), NumberStyles.None);
            _ = await LineAsync(cancellationToken).ConfigureAwait(false);
            if (length == 0)
            {
                return body.ToArray();
            }
        }
    }

    private async Task<byte[]> BytesAsync(int length, CancellationToken cancellationToken)
    {
        if (length == 0)
        {
            return [];
        }

        ReadResult read = await pipe.ReadAtLeastAsync(length, cancellationToken).ConfigureAwait(false);
        if (read.Buffer.Length < length)
        {
            throw new InvalidDataException("The body ends early.");
        }

        ReadOnlySequence<byte> bytes = read.Buffer.Slice(0, length);
        byte[] copy = bytes.ToArray();
        pipe.AdvanceTo(bytes.End);
        return copy;
    }

    private async Task<string?> LineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                string line = Encoding.Latin1.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                pipe.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }
}
