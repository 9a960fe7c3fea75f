using System.IO.Compression;

namespace CloudObserve.Cli.Filters;

/// <summary>Opens files of log events. A file that begins as gzip does is decompressed while it is read, whatever its name is.</summary>
internal static class LogFile
{
    internal static Stream Open(string file)
    {
        FileStream stream = new(
            file, new FileStreamOptions { BufferSize = 0, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan });
        if (!stream.CanSeek)
        {
            // A pipe cannot be read twice. What comes through one is decompressed by whoever writes to it.
            return stream;
        }

        try
        {
            Span<byte> magic = stackalloc byte[2];
            bool isGzip = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic.SequenceEqual<byte>([0x1F, 0x8B]);
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
