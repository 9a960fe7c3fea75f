using System.CommandLine;
using CloudObserve.Filters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudObserve.Cli.Filters;

/// <summary>
/// Defines <c>cloudobserve filter export</c>, which writes the metric filters of an application's settings as a CloudFormation template.
/// </summary>
internal static class FilterExportCommand
{
    internal static Command Create(StandardStreams streams)
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Settings files such as appsettings.json; a later one overrides an earlier.",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new("export", "Prints the metric filters of an application's settings as a CloudFormation template.") { files };
        command.SetAction(parsed =>
        {
            CloudObserveOptions options = Read(parsed.GetValue(files)!);
            foreach (string name in options.MetricFilters.Where(static f => KeepsBack(f.Value)).Select(static f => f.Key))
            {
                streams.Error.WriteLine(
                    $"cloudobserve: '{name}' is left out: it withholds events in the application, so CloudWatch Logs would not count them");
            }

            // All filters are read before anything is written, so that a fault does not leave a partial template.
            (string Name, MetricFilterOptions Filter, string[] Groups)[] filters =
                [.. options.MetricFilters.Where(static f => !KeepsBack(f.Value))
                    .Select(f => (f.Key, f.Value, GroupsOf(f.Key, f.Value, options)))];
            if (filters.Length == 0)
            {
                // CloudFormation refuses a template without resources.
                streams.Error.WriteLine("cloudobserve: the settings have no metric filter to export.");
                return ExitStatus.NothingFound;
            }

            using FilterTemplate template = new(streams.Output);
            foreach ((string name, MetricFilterOptions filter, string[] groups) in filters)
            {
                template.Add(name, filter, groups);
            }

            template.Complete();
            return ExitStatus.Success;
        });
        return command;
    }

    private static bool KeepsBack(MetricFilterOptions filter) => filter.Discard || filter.Sample > 1;

    // The library reads and validates the settings as at the start of the application.
    private static CloudObserveOptions Read(string[] files)
    {
        IConfiguration configuration = SettingsFiles.Read(files);
        try
        {
            using ServiceProvider services = new ServiceCollection().AddSingleton(configuration)
                .AddCloudObserve().Services.BuildServiceProvider();
            return services.GetRequiredService<IOptions<CloudObserveOptions>>().Value;
        }
        catch (OptionsValidationException exception)
        {
            throw new CommandException($"the settings are invalid:\n{string.Join('\n', exception.Failures)}");
        }
        catch (InvalidOperationException exception)
        {
            Exception cause = exception.GetBaseException();
            throw new CommandException(ReferenceEquals(cause, exception) ? exception.Message : $"{exception.Message} {cause.Message}");
        }
    }

    private static string[] GroupsOf(string name, MetricFilterOptions filter, CloudObserveOptions options)
    {
        string[] groups = filter.LogGroups.Count > 0
            ? [.. filter.LogGroups]
            : [.. options.Logs.Routes.Select(static route => route.LogGroup).OfType<string>().Prepend(options.Logs.LogGroup)
                .Distinct(StringComparer.Ordinal)];
        string? varying = Array.Find(
            groups, static group => group.Contains("{date}", StringComparison.Ordinal)
            || group.Contains("{category}", StringComparison.Ordinal));
        return varying is null
            ? groups
            : throw new CommandException(
                $"'{name}' is for all log groups, but {varying} is not a fixed name: set CloudObserve:MetricFilters:{name}:LogGroups");
    }
}
