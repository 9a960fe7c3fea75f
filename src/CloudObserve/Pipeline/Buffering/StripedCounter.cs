using System.Numerics;

namespace CloudObserve.Pipeline.Buffering;

/// <summary>Counts calls of many threads without a contended field: each processor has its own stripe.</summary>
/// <remarks>Adding is a full fence: a thread that sees what the caller stores afterwards also sees the count.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class StripedCounter
{
    // If there are more processors than this, they share stripes. A stripe takes 264 bytes.
    private const int MostCells = 64;

    private readonly PaddedLong[] _stripes =
        new PaddedLong[Math.Min(MostCells, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount))];

    /// <summary>Gets the sum. Counts added while it is read may or may not be included.</summary>
    internal long Total
    {
        get
        {
            long total = 0;
            foreach (ref PaddedLong stripe in _stripes.AsSpan())
            {
                total += Interlocked.Read(ref stripe.Value);
            }

            return total;
        }
    }

    // A thread may be moved to another processor after reading its processor id, so the addition is interlocked.
    internal void Increment() => Interlocked.Increment(ref _stripes[Thread.GetCurrentProcessorId() & (_stripes.Length - 1)].Value);
}
