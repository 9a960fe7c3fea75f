using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace CloudObserve.Benchmarks;

/// <summary>Adds the ratio of a benchmark's median to that of its baseline.</summary>
/// <remarks>BenchmarkDotNet's own ratio uses means, which other load on the machine distorts.</remarks>
internal sealed class MedianRatioColumn : IColumn
{
    public string Id => nameof(MedianRatioColumn);

    public string ColumnName => "Ratio";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Baseline;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Median / median of the baseline";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        BenchmarkCase? baseline = summary.GetBaseline(summary.GetLogicalGroupKey(benchmarkCase));
        double? own = summary[benchmarkCase]?.ResultStatistics?.Median;
        double? floor = baseline is null ? null : summary[baseline]?.ResultStatistics?.Median;
        return own is { } x && floor is > 0 and { } y ? (x / y).ToString("0.00", CultureInfo.InvariantCulture) : "?";
    }
}
