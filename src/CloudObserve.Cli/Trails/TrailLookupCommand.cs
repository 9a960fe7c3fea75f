using System.CommandLine;
using System.Globalization;
using CloudObserve.Audit;
using CloudObserve.Diagnostics;

namespace CloudObserve.Cli.Trails;

/// <summary>Defines <c>cloudobserve trail lookup</c>, which finds events, newest first.</summary>
internal sealed class TrailLookupCommand
{
    private const int DefaultMax = 50;

    private readonly StandardStreams _streams;
    private readonly Argument<string> _directory = new("DIR") { Description = "The trail's directory, or a copy of it." };
    private readonly Option<string?> _eventName = Text("--event-name", "NAME", "Only events of this name.");
    private readonly Option<string?> _user = Text("--user", "NAME", "Only events of this user, role or session.");
    private readonly Option<string?> _resource =
        Text("--resource", "NAME", "Only events on this resource: its full name, or the part after the last slash or colon.");
    private readonly Option<string?> _resourceType = Text("--resource-type", "TYPE", "Only events on resources of this type.");
    private readonly Option<string?> _source = Text("--source", "NAME", "Only events of this service.");
    private readonly Option<string?> _accessKey =
        Text("--access-key", "ID", "Only events with this access key, or of the principal with this id or ARN.");
    private readonly Option<string?> _eventId = Text("--event-id", "ID", "Only the event with this id.");
    private readonly Option<bool?> _readOnly = new("--read-only")
    {
        Description = "true: only read-only events; false: only events that change something.",
        HelpName = "true|false",
    };
    private readonly Option<string?> _since = TimeOption.Create("--since", "Only events from then on.");
    private readonly Option<string?> _until = TimeOption.Create("--until", "Only events until then.");
    private readonly Option<int> _max = new("--max")
    {
        Description = "The largest number of events.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultMax,
    };
    private readonly Option<bool> _wide = new("--wide")
    {
        Description = "Do not truncate the table. Without this option it has at most 120 columns on a terminal.",
    };
    private readonly Option<bool> _follow = new("--follow")
    {
        Description = "Print the newest events, oldest first, and then new events as they are recorded, until Ctrl+C.",
    };
    private readonly Option<bool> _json = new("--json") { Description = "Print the records themselves, one per line, instead of a table." };

    private TrailLookupCommand(StandardStreams streams) => _streams = streams;

    internal static Command Create(StandardStreams streams) => new TrailLookupCommand(streams).Create();

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    private Command Create()
    {
        Command command = new(
            "lookup",
            "Finds events in an audit trail, newest first. All given conditions must hold. The exit status is 0 if there are any, 1 if "
                + "there are none, 2 after an error.")
        {
            _directory, _eventName, _user, _resource, _resourceType, _source, _accessKey, _eventId, _readOnly, _since, _until, _max, _wide,
                _follow, _json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string directory = parsed.GetValue(_directory)!;
        int max = parsed.GetValue(_max);
        if (max < 1)
        {
            throw new CommandException($"--max must be 1 or more, not {max.ToString(CultureInfo.InvariantCulture)}");
        }

        if (!Directory.Exists(directory))
        {
            throw new CommandException($"there is no directory '{directory}'");
        }

        RecordOutput output = new(_streams.Output, parsed.GetValue(_json), parsed.GetValue(_wide) || !_streams.IsTerminal);
        AuditEventHistory history = new(directory);
        try
        {
            return parsed.GetValue(_follow)
                ? await new TrailFollowing(history, directory, output, _streams).RunAsync(ReadLookup(parsed), max, cancellationToken)
                    .ConfigureAwait(false)
                : await RunAsync(history, directory, ReadLookup(parsed), max, output, cancellationToken).ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    private AuditLookup ReadLookup(ParseResult parsed) => new()
    {
        EventName = parsed.GetValue(_eventName),
        UserName = parsed.GetValue(_user),
        ResourceName = parsed.GetValue(_resource),
        ResourceType = parsed.GetValue(_resourceType),
        EventSource = parsed.GetValue(_source),
        AccessKeyId = parsed.GetValue(_accessKey),
        EventId = parsed.GetValue(_eventId),
        ReadOnly = parsed.GetValue(_readOnly),
        Since = TimeOption.Read(parsed, _since, ExitStatus.Failure),
        Until = TimeOption.Read(parsed, _until, ExitStatus.Failure),
    };

    private async Task<int> RunAsync(
        AuditEventHistory history, string directory, AuditLookup lookup, int max, RecordOutput output, CancellationToken cancellationToken)
    {
        SortedSet<string> unreadable = new(StringComparer.Ordinal);
        int found = 0;
        string? token = null;
        do
        {
            AuditPage page = await history.LookupAsync(
                lookup with { MaxResults = Math.Min(max - found, AuditLookup.MaxPageSize), NextToken = token }, cancellationToken)
                    .ConfigureAwait(false);
            if (!page.IsRecognized)
            {
                throw UnrecognizedTrail.Of(directory);
            }

            output.Write(page.Records);
            found += page.Records.Count;
            token = page.NextToken;
            unreadable.UnionWith(page.Unreadable);
        }
        while (token is not null && found < max);

        if (token is not null)
        {
            _streams.Error.WriteLine($"the newest {Counted.Of(found, "event")}; there may be more, see --max");
        }

        foreach (string file in unreadable)
        {
            _streams.Error.WriteLine($"cloudobserve: {Printable.Of(file)} cannot be read to its end; events may be missing");
        }

        return unreadable.Count > 0 ? ExitStatus.Failure : found > 0 ? ExitStatus.Success : ExitStatus.NothingFound;
    }
}
