using System.CommandLine;
using System.Globalization;
using System.Text;
using CloudObserve.Cli.Filters;
using CloudObserve.Insights;

namespace CloudObserve.Cli.Logs;

/// <summary>Defines <c>cloudobserve logs patterns</c>, which groups log messages that differ only in their values.</summary>
internal sealed class LogsPatternsCommand
{
    // Stands for a line that is too long to be a log event.
    private const int Skipped = -1;

    private readonly StandardStreams _streams;
    private readonly LogPatternMiner _miner = new();
    private readonly List<int> _shapes = [];
    private long _tooLong;

    private readonly Option<bool> _assign = new("--assign")
    {
        Description = "Print one line for each message, in its order: the number of its pattern, a tab, and the pattern.",
    };

    private readonly Argument<string[]> _files = EventFiles.CreateArgument("message");

    private LogsPatternsCommand(StandardStreams streams) => _streams = streams;

    internal static Command Create(StandardStreams streams) => new LogsPatternsCommand(streams).Create();

    private Command Create()
    {
        Command command = new(
            "patterns",
            "Prints the patterns of log messages, the most frequent one first: the number of messages, their share, their severity and "
                + "the text, with a placeholder such as <IPAddress-1> for each value. The exit status is 0 if there are any messages, "
                + "1 if there are none, 2 after an error.")
        {
            _assign,
            _files,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        bool assigns = parsed.GetValue(_assign);
        EventFiles files = new(_streams, parsed, parsed.GetValue(_files) ?? []);
        EventReader reader = new();
        bool allRead = await files.ReadAsync(stream => ReadAsync(reader, stream, assigns, cancellationToken)).ConfigureAwait(false);
        LogPatterns found = _miner.Find();
        if (assigns)
        {
            WriteAssigned(found, parsed.InvocationConfiguration.Output);
        }
        else
        {
            WriteTable(found, parsed.InvocationConfiguration.Output);
        }

        ReportUnread();
        return !allRead ? ExitStatus.Failure : _miner.MessageCount > 0 ? ExitStatus.Success : ExitStatus.NothingFound;
    }

    private void ReportUnread()
    {
        EventFiles.TellTooLong(_streams, _tooLong);
        if (_miner.UngroupedCount > 0)
        {
            _streams.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"cloudobserve: {_miner.UngroupedCount} of {_miner.MessageCount} messages could not be grouped, because there are too many "
                    + $"different ones"));
        }
    }

    private async Task ReadAsync(EventReader reader, Stream stream, bool assigns, CancellationToken cancellationToken)
    {
        reader.Open(stream);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (reader.DroppedLine)
            {
                _tooLong++;
                Assign(Skipped, assigns);
            }

            foreach (ReadOnlySpan<byte> line in new Lines(reader.Block))
            {
                Assign(_miner.Add(line), assigns);
            }
        }
    }

    private void Assign(int shape, bool assigns)
    {
        if (assigns)
        {
            _shapes.Add(shape);
        }
    }

    private void WriteAssigned(LogPatterns found, TextWriter output)
    {
        foreach (int shape in _shapes)
        {
            int pattern = shape == Skipped ? -1 : found.IndexOf(shape);
            string text = pattern < 0 ? "" : found.Patterns[pattern].Pattern;
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{pattern + 1}\t{text}\n"));
        }
    }

    private static void WriteTable(LogPatterns found, TextWriter output)
    {
        StringBuilder line = new();
        output.Write("  COUNT   SHARE  SEVERITY  PATTERN\n");
        foreach (LogPattern pattern in found.Patterns)
        {
            line.Clear().Append(
                CultureInfo.InvariantCulture,
                $"{pattern.SampleCount,7}  {pattern.Ratio * 100,5:0.0}%  {pattern.SeverityLabel ?? "-",-8}  {pattern.Pattern}\n");
            output.Write(line);
        }
    }
}
