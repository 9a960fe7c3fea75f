using CloudObserve.Audit;

namespace CloudObserve.Cli.Trails;

/// <summary>Prints the newest events of a trail, and then new events in the order of their records until it is cancelled.</summary>
/// <remarks>Memory is limited to one page of events.</remarks>
internal sealed class TrailFollowing(AuditEventHistory history, string directory, RecordOutput output, StandardStreams streams)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Follows the trail until it is cancelled or the output is closed.</summary>
    /// <param name="lookup">The filter for events.</param>
    /// <param name="max">The largest number of existing events to print.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    internal async Task<int> RunAsync(AuditLookup lookup, int max, CancellationToken cancellationToken)
    {
        AuditPage page = await history.LookupAsync(lookup with { MaxResults = Math.Min(max, AuditLookup.MaxPageSize) }, cancellationToken)
            .ConfigureAwait(false);
        if (!page.IsRecognized)
        {
            throw UnrecognizedTrail.Of(directory);
        }

        long newest = page.NewestSequence
            ?? throw new CommandException(
                $"--follow needs the directory of a trail with its journal; there is no journal in '{Printable.Of(directory)}'");
        Write(page);
        while (true)
        {
            await Task.Delay(Interval, streams.Time, cancellationToken).ConfigureAwait(false);
            page = await history.LookupAsync(
                lookup with { MaxResults = AuditLookup.MaxPageSize, AfterSequence = newest }, cancellationToken).ConfigureAwait(false);
            Write(page);
            if (page.NextToken is not null)
            {
                streams.Error.WriteLine($"more events were recorded at once than are shown; use --until to find the earlier ones");
            }

            if (page.NewestSequence < newest)
            {
                streams.Error.WriteLine($"cloudobserve: the trail was reset from record {newest} to record {page.NewestSequence}");
            }

            newest = page.NewestSequence ?? newest;
        }
    }

    private void Write(AuditPage page)
    {
        output.Write([.. page.Records.Reverse()]);
        foreach (string file in page.Unreadable.Where(_unreadable.Add))
        {
            streams.Error.WriteLine($"cloudobserve: {Printable.Of(file)} cannot be read to its end; events may be missing");
        }
    }
}
