using System.Text;

namespace CloudObserve.Cli.Tests;

/// <summary>The result of a command line.</summary>
internal sealed record CommandRun(int Status, string Output, string Error)
{
    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal static Task<CommandRun> Of(params string[] args) => On("", args);

    internal static Task<CommandRun> On(string input, params string[] args) => On(new MemoryStream(Encoding.UTF8.GetBytes(input)), args);

    /// <summary>Runs a command whose output somebody sees on a terminal.</summary>
    internal static async Task<CommandRun> OnTerminal(params string[] args)
    {
        using MemoryStream output = new();
        using StringWriter error = new() { NewLine = "\n" };
        int status = await CloudObserveCommand.RunAsync(
            args, new StandardStreams(Stream.Null, output, error) { IsTerminal = true }, CancellationToken.None);
        return new CommandRun(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    internal static async Task<CommandRun> On(Stream input, params string[] args)
    {
        using MemoryStream output = new();
        using StringWriter error = new() { NewLine = "\n" };
        int status = await CloudObserveCommand.RunAsync(args, new StandardStreams(input, output, error), CancellationToken.None);
        return new CommandRun(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
