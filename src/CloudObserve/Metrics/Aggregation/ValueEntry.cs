using System.Runtime.InteropServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>One occupied place of a <see cref="ValueTable"/>: a distinct value, or a bucket of near values.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ValueEntry
{
    /// <summary>The top bits of the values' double representation; how many is the table's resolution.</summary>
    internal long Key;

    /// <summary>How many samples fell here. Zero marks a free place.</summary>
    internal long Count;

    /// <summary>The sum of those samples.</summary>
    internal double Sum;
}
