using System.Numerics;

namespace CloudObserve.Pipeline.Buffering;

/// <summary>Counts calls of many threads without a word that they all write to: each processor has a cell of its own.</summary>
/// <remarks>Adding is a full fence: whoever sees what the caller stores afterwards also sees the count.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class StripedCounter
{
    // More processors than that share cells. A cell takes 264 bytes.
    private const int MostCells = 64;

    private readonly PaddedLong[] _cells =
        new PaddedLong[Math.Min(MostCells, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount))];

    /// <summary>Gets the sum. Counts that are added while it is read may be in it or not.</summary>
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

    // A thread may be moved to another processor after it asked which one it runs on; hence the interlocked addition.
    internal void Increment() => Interlocked.Increment(ref _cells[Thread.GetCurrentProcessorId() & (_cells.Length - 1)].Value);
}
