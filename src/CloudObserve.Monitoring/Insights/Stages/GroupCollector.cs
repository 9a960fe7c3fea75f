using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Groups events.</summary>
internal sealed class GroupCollector(GroupLayout layout, QueryMemory memory) : RowCollector
{
    private readonly GroupTable _groups = new(layout, memory);

    internal override void Merge(RowCollector other) => _groups.Merge(((GroupCollector)other)._groups);

    internal override List<LogRow> Rows(CancellationToken cancellationToken) => _groups.Rows(cancellationToken);

    protected override void Collect(LogRow row) => _groups.Add(row);
}
