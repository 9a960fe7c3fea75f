using System.Numerics;

namespace CloudObserve.Pipeline.Buffering;

/// <summary>Counts calls of many threads without a contended field: each processor has its own cell.</summary>
/// <remarks>Adding is a full fence: a thread that sees what the caller stores afterwards also sees the count.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class StripedCounter
{
    // If there are more processors than this, they share cells. A cell takes 264 bytes.
    private const int MostCells = 64;

    private readonly PaddedLong[] _cells =
        new PaddedLong[Math.Min(MostCells, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount))];

    /// <summary>Gets the sum. Counts added while it is read may or may not be included.</summary>
    internal long Total
    {
        get
        {
            long total = 0;
            foreach (ref PaddedLong cell in _cells.AsSpan())
            {
                total += Interlocked.Read(ref cell.Value);
            }

            return total;
        }
    }

    // A thread may be moved to another processor after reading its processor id, so the addition is interlocked.
    internal void Increment() => Interlocked.Increment(ref _cells[Thread.GetCurrentProcessorId() & (_cells.Length - 1)].Value);
}
