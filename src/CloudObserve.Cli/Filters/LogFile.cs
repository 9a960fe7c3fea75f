using System.IO.Compression;

namespace CloudObserve.Cli.Filters;

/// <summary>Opens files of log events.</summary>
/// <remarks>A file that begins with the gzip header is decompressed while it is read, whatever its name.</remarks>
internal static class LogFile
{
    internal static Stream Open(string file)
    {
        FileStream stream = new(
            file, new FileStreamOptions
            {
                BufferSize = 0,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
            });
        if (!stream.CanSeek)
        {
            // A pipe cannot be read twice, so its beginning cannot be inspected. The writer of the pipe must decompress.
            return stream;
        }

        try
        {
            Span<byte> magic = stackalloc byte[2];
            bool isGzip = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length
                && magic.SequenceEqual<byte>([0x1F, 0x8B]);
            stream.Position = 0;
            return isGzip ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
