using System.Runtime.ExceptionServices;
using CloudObserve.Insights;
using CloudObserve.Monitoring.Insights.Binding;
using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Stages;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Running;

/// <summary>Executes a query once.</summary>
internal sealed class QueryRun
{
    // A cursor has at most this many events, as positions go.
    private const int SequenceBits = 40;

    private readonly ILogEventSource _source;
    private readonly InsightsQueryOptions _options;
    private readonly QuerySettings _settings;
    private readonly QueryProgress _progress;
    private readonly Func<int, string> _place;
    private readonly CancellationToken _cancellationToken;

    internal QueryRun(string text, ILogEventSource source, InsightsQueryOptions options, CancellationToken cancellationToken)
    {
        (_source, _options, _cancellationToken) = (source, options, cancellationToken);
        _place = new QueryLexer(text).Place;
        _progress = new QueryProgress(options.TimeProvider, options.Progress);
        _settings = new QuerySettings(
            new QueryMemory(options.MaxMemoryBytes), options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(),
            options.StartTime?.ToUnixTimeMilliseconds(), options.EndTime?.ToUnixTimeMilliseconds(), options.Limit, cancellationToken);
    }

    /// <summary>Executes the query.</summary>
    internal InsightsQueryResult Execute(IReadOnlyList<QueryCommand> commands)
    {
        (BoundQuery query, List<LogRow> rows) = Rows(commands, _settings);
        InsightsColumns columns = new(query.Columns.Select(static column => column.Name));
        InsightsRow[] result = [.. rows.Select(row => new InsightsRow(
            columns, [.. query.Columns.Select(column => row.Values[column.Slot].ToText())])
        {
            LogRecordPointer = query.PointerSlot is { } pointer ? row.Values[pointer].ToText() : null,
        })];
        return new InsightsQueryResult(columns.Names, result, _progress.Statistics);
    }

    private (BoundQuery Query, List<LogRow> Rows) Rows(IReadOnlyList<QueryCommand> commands, QuerySettings settings)
    {
        foreach (InnerQuery inner in QueryBinder.Bind(commands, settings, _place).Inner)
        {
            settings.InnerResults[inner.Commands[0]] = InnerRows(inner);
        }

        BoundQuery query = QueryBinder.Bind(commands, settings, _place);
        IReadOnlyList<ILogEventCursor> cursors = _source.Open(new LogEventRange
        {
            StartTime = _options.StartTime,
            EndTime = _options.EndTime,
            LogGroups = query.Selection,
        });
        try
        {
            Collect(commands, settings, query, cursors);
        }
        finally
        {
            foreach (ILogEventCursor cursor in cursors)
            {
                cursor.Dispose();
            }
        }

        List<LogRow> rows = query.Collector.Rows(_cancellationToken);
        foreach (ListStage stage in query.Tail)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            rows = stage(rows, _cancellationToken);
        }

        return (query, rows);
    }

    private IReadOnlyList<IReadOnlyList<LogValue>> InnerRows(InnerQuery inner)
    {
        IReadOnlyList<QueryCommand> commands = inner.Columns is null
            ? inner.Commands
            : [
                .. inner.Commands,
                new QueryCommand.Display(0, [.. inner.Columns.Select(static name =>
                    new NamedExpression(new QueryNode.Field(0, name), name, HasAlias: false))]),
            ];
        (BoundQuery query, List<LogRow> rows) = Rows(commands, _settings with { Limit = null });
        return [.. rows.Select(row => (IReadOnlyList<LogValue>)[.. query.Columns.Select(column => row.Values[column.Slot])])];
    }

    private void Collect(
        IReadOnlyList<QueryCommand> commands, QuerySettings settings, BoundQuery query, IReadOnlyList<ILogEventCursor> cursors)
    {
        int threads = Math.Min(
            _options.MaxDegreeOfParallelism == 0 ? Environment.ProcessorCount : _options.MaxDegreeOfParallelism, cursors.Count);
        int next = -1;
        if (threads <= 1)
        {
            ReadAll(query, cursors, ref next, _cancellationToken);
            return;
        }

        // When one thread fails, the others end.
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
        Exception? failure = null;
        BoundQuery[] queries = [query, .. Enumerable.Range(1, threads - 1).Select(_ => QueryBinder.Bind(commands, settings, _place))];
        _ = Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            try
            {
                ReadAll(queries[i], cursors, ref next, ending.Token);
            }
            catch (Exception exception)
            {
                // The first failure ends the query. The others are its consequences.
                _ = Interlocked.CompareExchange(ref failure, exception, null);
                ending.Cancel();
            }
        });

        if (failure is not null)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(failure);
        }

        foreach (BoundQuery other in queries.Skip(1))
        {
            query.Collector.Merge(other.Collector);
        }
    }

    private void ReadAll(BoundQuery query, IReadOnlyList<ILogEventCursor> cursors, ref int next, CancellationToken cancellationToken)
    {
        InsightsEventReader reader = new(query);
        while (Interlocked.Increment(ref next) is var index && index < cursors.Count)
        {
            new CursorReading(query, reader, cursors[index], (long)index << SequenceBits, _settings, _progress).Read(cancellationToken);
        }
    }
}
