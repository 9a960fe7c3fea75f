using System.IO.Compression;

namespace CloudObserve.Monitoring.Insights.Sources;

/// <summary>Finds out how a file is read.</summary>
internal static class LogFileStreams
{
    private const int HeadBytes = 256;

    /// <summary>Gets whether a file must be read from its start: it is compressed, or one JSON object with records.</summary>
    internal static bool IsWhole(FileStream stream)
    {
        byte[] head = new byte[HeadBytes];
        int count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return IsGzip(head.AsSpan(0, count)) || HasRecords(head.AsSpan(0, count));
    }

    /// <summary>Reads the beginning of a stream, and decompresses the stream if it is compressed.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="head">The first bytes of the content.</param>
    /// <returns>The content behind its first bytes.</returns>
    internal static Stream Decompress(Stream stream, out byte[] head)
    {
        head = Head(stream);
        if (!IsGzip(head))
        {
            return stream;
        }

        GZipStream gzip = new(new PrefixedStream(head, stream), CompressionMode.Decompress);
        head = Head(gzip);
        return gzip;
    }

    /// <summary>Gets whether a content is one JSON object whose first member is <c>Records</c>, a list.</summary>
    internal static bool HasRecords(ReadOnlySpan<byte> head)
    {
        const string Blanks = " \t\r\n";
        ReadOnlySpan<byte> rest = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        foreach (string token in (ReadOnlySpan<string>)["{", "\"Records\"", ":", "["])
        {
            while (!rest.IsEmpty && Blanks.Contains((char)rest[0], StringComparison.Ordinal))
            {
                rest = rest[1..];
            }

            if (rest.Length < token.Length || !System.Text.Ascii.Equals(rest[..token.Length], token))
            {
                return false;
            }

            rest = rest[token.Length..];
        }

        return true;
    }

    private static byte[] Head(Stream stream)
    {
        byte[] head = new byte[HeadBytes];
        int count = 0;

        // A pipe may not have more yet. Two bytes show whether it is compressed.
        while (count < head.Length && stream.Read(head, count, head.Length - count) is > 0 and int read)
        {
            count += read;
            if (head.AsSpan(0, count).Contains((byte)'\n') && count >= 2)
            {
                break;
            }
        }

        return head[..count];
    }

    private static bool IsGzip(ReadOnlySpan<byte> head) => head.Length >= 2 && head[0] == 0x1F && head[1] == 0x8B;
}
