using System.Runtime.InteropServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>The words of a <see cref="Cell"/> that several threads change or read, with a gap behind them wide enough for the adjacent-line prefetcher.</summary>
[StructLayout(LayoutKind.Explicit, Size = 112)]
internal struct CellState
{
    /// <summary>How many samples the cell ever took. Changed only while held; read by anyone.</summary>
    [FieldOffset(0)]
    internal long Total;

    /// <summary>Who may change the cell: free, held, or sealed.</summary>
    [FieldOffset(8)]
    internal int Hold;

    // padding: 12-111, so that with the object's own header and references a cell takes more than two lines of 64 bytes
}
