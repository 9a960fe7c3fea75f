using CloudObserve.Audit;

namespace CloudObserve.Cli.Trails;

/// <summary>Prints the newest events of a trail, and then each as it is recorded, in the order of the records, until it is ended.</summary>
/// <remarks>What is kept in memory is one page, whatever happens in the trail.</remarks>
internal sealed class TrailFollowing(AuditEventHistory history, string directory, RecordOutput output, StandardStreams streams)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Follows the trail. It ends by cancellation only, or when nobody reads the output any more.</summary>
    /// <param name="lookup">Which events.</param>
    /// <param name="max">How many of those that are there already.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<int> RunAsync(AuditLookup lookup, int max, CancellationToken cancellation)
    {
        AuditPage page = await history.LookupAsync(lookup with { MaxResults = Math.Min(max, AuditLookup.MaxPageSize) }, cancellation).ConfigureAwait(false);
        if (!page.IsRecognized)
        {
            throw UnrecognizedTrail.Of(directory);
        }

        long newest = page.NewestSequence ?? throw new CommandException($"--follow needs the directory of a trail with its journal; there is none in '{Printable.Of(directory)}'");
        Write(page);
        while (true)
        {
            await Task.Delay(Interval, streams.Time, cancellation).ConfigureAwait(false);
            page = await history.LookupAsync(lookup with { MaxResults = AuditLookup.MaxPageSize, AfterSequence = newest }, cancellation).ConfigureAwait(false);
            Write(page);
            if (page.NextToken is not null)
            {
                streams.Error.WriteLine($"more events were recorded at once than are shown; look up those before with --until");
            }

            if (page.NewestSequence < newest)
            {
                streams.Error.WriteLine($"cloudobserve: the trail was set back from record {newest} to record {page.NewestSequence}");
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
