using System.CommandLine;
using System.CommandLine.Parsing;
using CloudObserve.Contracts;
using CloudObserve.Diagnostics;

namespace CloudObserve.Cli.Filters;

/// <summary>Opens the files of log events that a command line names, one after the other.</summary>
internal sealed class EventFiles
{
    /// <summary>The name of standard input.</summary>
    internal const string StandardInput = "-";

    private readonly StandardStreams _streams;
    private readonly string[] _files;

    /// <summary>Reads the names of the files.</summary>
    /// <exception cref="CommandException">A name is a mistyped option.</exception>
    internal EventFiles(StandardStreams streams, ParseResult parsed, string[] files)
    {
        _streams = streams;
        _files = Names(parsed, files);
    }

    internal int Count => _files.Length;

    /// <summary>Creates the argument for the names of the files.</summary>
    /// <param name="line">The noun for a line.</param>
    internal static Argument<string[]> CreateArgument(string line) => new("FILE")
    {
        Description = $"Files with one {line} per line, plain or gzip; without a file, or for '-', standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Returns the names of the files, or that of standard input if there are none.</summary>
    /// <exception cref="CommandException">A name is a mistyped option.</exception>
    internal static string[] Names(ParseResult parsed, string[] files)
    {
        bool mayBeOptions = !parsed.Tokens.Any(static token => token.Type == TokenType.DoubleDash);
        string? mistyped = files.FirstOrDefault(file => mayBeOptions && file.StartsWith('-') && file != StandardInput);
        return mistyped is null
            ? files.Length == 0 ? [StandardInput] : files
            : throw new CommandException(
                $"there is no option '{mistyped}'.{ParseFaults.DidYouMean(parsed.CommandResult, mistyped)} Put file names that begin with "
                    + $"'-' after '--'.");
    }

    /// <summary>Says how many lines were too long to be log events. Says nothing if there were none.</summary>
    internal static void TellTooLong(StandardStreams streams, long lines)
    {
        if (lines > 0)
        {
            streams.Tell(
                $"{Counted.Of(lines, "line")} {Counted.Form(lines, "was", "were")} skipped: CloudWatch Logs accepts no event of more than "
                    + $"{ServiceLimits.PutLogEvents.MaxMessageBytes} bytes");
        }
    }

    internal Task<bool> ReadAsync(Func<Stream, Task> read) => ReadAsync((stream, _) => read(stream));

    /// <summary>Reads each file. If one cannot be read, the reason is written to standard error, and the others are still read.</summary>
    /// <param name="read">Reads a stream. Its second argument is the name of the file.</param>
    /// <returns><see langword="true"/> if all files were read.</returns>
    internal async Task<bool> ReadAsync(Func<Stream, string, Task> read)
    {
        bool allRead = true;
        foreach (string file in _files)
        {
            allRead &= await TryReadAsync(file, read).ConfigureAwait(false);
        }

        return allRead;
    }

    private async Task<bool> TryReadAsync(string file, Func<Stream, string, Task> read)
    {
        if (file == StandardInput)
        {
            await read(_streams.Input, file).ConfigureAwait(false);
            return true;
        }

        Stream? stream = TryOpen(file);
        if (stream is null)
        {
            return false;
        }

        await using (stream.ConfigureAwait(false))
        {
            try
            {
                await read(stream, file).ConfigureAwait(false);
                return true;
            }
            catch (InvalidDataException)
            {
                _streams.Error.WriteLine(
                    $"cloudobserve: '{file}' is damaged: gzip data must be complete and have the checksum at its end.");
                return false;
            }
        }
    }

    private Stream? TryOpen(string file)
    {
        if (Directory.Exists(file))
        {
            _streams.Error.WriteLine($"cloudobserve: '{file}' is a directory. Name the files in it, such as '{Path.Join(file, "*.log")}'.");
            return null;
        }

        if (InputFile.Fault(file) is { } fault)
        {
            _streams.Error.WriteLine($"cloudobserve: {fault}");
            return null;
        }

        try
        {
            return LogFile.Open(file);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _streams.Error.WriteLine($"cloudobserve: {exception.Message}");
            return null;
        }
    }
}
