using System.CommandLine;

namespace CloudObserve.Cli.Filters;

/// <summary>Defines <c>cloudobserve filter explain</c>, which describes in words what a pattern matches.</summary>
internal static class FilterExplainCommand
{
    internal static Command Create()
    {
        Option<string> pattern = PatternOption.Create();
        Command command = new("explain", "Describes in words which events a filter pattern matches.") { pattern };
        command.SetAction(parsed =>
        {
            foreach (string line in PatternOption.Read(parsed, pattern).Explain())
            {
                parsed.InvocationConfiguration.Output.WriteLine(line);
            }

            return ExitStatus.Success;
        });
        return command;
    }
}
