using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Cli;

/// <summary>What a command reads and writes when no file is named.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output, unbuffered.</param>
/// <param name="Error">Standard error.</param>
internal sealed record StandardStreams(Stream Input, Stream Output, TextWriter Error)
{
    private const int OutputDescriptor = 1;

    /// <summary>Gets a value indicating whether somebody sees standard output on a terminal, so that long lines are in the way.</summary>
    internal bool IsTerminal { get; init; }

    /// <summary>Gets the clock.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    internal static StandardStreams Open() => new(
        Console.OpenStandardInput(),
        OpenOutput(),
        new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true })
    {
        IsTerminal = !Console.IsOutputRedirected,
    };

    /// <summary>
    /// The console's own stream drops what is written to a pipe that nobody reads any more; a search would run on to the end of its input.
    /// A <see cref="FileStream"/> reports it. It must not take a regular file, though: there it keeps a position of its own and does not move
    /// the descriptor's, so that the next command of the same redirection would write over ours.
    /// </summary>
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
