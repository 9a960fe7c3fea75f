using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Cli;

/// <summary>Holds the standard streams of a command.</summary>
/// <param name="input">Standard input; <see langword="null"/> if the caller closed it.</param>
/// <param name="output">Standard output, unbuffered.</param>
/// <param name="error">Standard error.</param>
internal sealed class StandardStreams(Stream? input, Stream output, TextWriter error)
{
    private const int OutputDescriptor = 1;

    /// <summary>Gets standard input.</summary>
    /// <exception cref="CommandException">The caller closed standard input.</exception>
    internal Stream Input => input ?? throw new CommandException("standard input is closed: name a file, or redirect standard input");

    internal Stream Output => output;

    internal TextWriter Error => error;

    /// <summary>Gets a value indicating whether standard output is a terminal, where long lines are hard to read.</summary>
    internal bool IsTerminal { get; init; }

    /// <summary>Gets the clock.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Writes a message to standard error. It may repeat text of a file, which must not control the terminal.</summary>
    internal void Tell(string message) => error.WriteLine(
        $"cloudobserve: {new string([.. message.Select(static c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c)])}");

    internal static StandardStreams Open() => new(
        ClosedInput.IsClosed ? null : Console.OpenStandardInput(),
        OpenOutput(),
        new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true })
    {
        IsTerminal = !Console.IsOutputRedirected,
    };

    /// <summary>Opens standard output.</summary>
    /// <remarks>
    /// The console's own stream ignores writes to a pipe without readers, so a search would continue to the end of its input; a
    /// <see cref="FileStream"/> reports it. A regular file must not be opened this way: a FileStream has its own position and does not move
    /// the descriptor's, so the next command of the same redirection would overwrite the output.
    /// </remarks>
    private static Stream OpenOutput()
    {
        if (!OperatingSystem.IsWindows())
        {
            FileStream output = new(new SafeFileHandle(OutputDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!output.CanSeek)
            {
                return output;
            }
        }

        return Console.OpenStandardOutput();
    }
}
