using System.Text;

namespace CloudObserve.Cli;

/// <summary>Reads files of text, or standard input, up to a limit.</summary>
internal static class InputText
{
    /// <summary>The name that stands for standard input.</summary>
    internal const string StandardInput = "-";

    /// <summary>Reads a text. A byte order mark tells its encoding; without one it is UTF-8.</summary>
    /// <param name="file">The name of a file, or <see cref="StandardInput"/>.</param>
    /// <param name="maxBytes">The largest number of bytes.</param>
    /// <param name="streams">The standard streams.</param>
    /// <param name="cancellationToken">The token that ends the reading.</param>
    /// <exception cref="CommandException">The file cannot be read or is too large.</exception>
    internal static async Task<string> ReadAsync(string file, int maxBytes, StandardStreams streams, CancellationToken cancellationToken)
    {
        bool isInput = file == StandardInput;
        Stream stream = isInput ? streams.Input : Open(file);
        try
        {
            using MemoryStream bytes = new();
            byte[] buffer = new byte[64 * 1024];
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int read)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > maxBytes)
                {
                    string name = isInput ? "standard input" : $"'{file}'";
                    throw new CommandException($"{name} is larger than {maxBytes} bytes, which is more than this command reads");
                }
            }

            bytes.Position = 0;
            using StreamReader reader = new(bytes, Encoding.UTF8);
            return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!isInput)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static FileStream Open(string file)
    {
        InputFile.Check(file);
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(exception.Message);
        }
    }
}
