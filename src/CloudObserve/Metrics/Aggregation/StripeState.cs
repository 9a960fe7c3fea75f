using System.Runtime.InteropServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>The fields of a <see cref="Stripe"/> that several threads access, padded against the adjacent-line prefetcher.</summary>
[StructLayout(LayoutKind.Explicit, Size = 112)]
internal struct StripeState
{
    /// <summary>The number of samples the stripe has ever taken. Changed only by the holder; read by any thread.</summary>
    [FieldOffset(0)]
    internal long Total;

    /// <summary>The state of the stripe: free, held or sealed.</summary>
    [FieldOffset(8)]
    internal int Hold;

    // Padding: bytes 12-111. Together with the object's header and references, a stripe takes more than two lines of 64 bytes.
}
