using System.Runtime.InteropServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>One used entry of a <see cref="ValueTable"/>: a distinct value, or a bucket of similar values.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ValueEntry
{
    /// <summary>The top bits of the values' double representation. The table's shift determines their number.</summary>
    internal long Key;

    /// <summary>The number of samples in this entry. Zero marks a free entry.</summary>
    internal long Count;

    /// <summary>The sum of those samples.</summary>
    internal double Sum;
}
