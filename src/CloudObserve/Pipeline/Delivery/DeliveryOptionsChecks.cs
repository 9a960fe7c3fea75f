using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Validates the options of delivery.</summary>
internal static class DeliveryOptionsChecks
{
    private const int MiB = 1024 * 1024;

    internal static void Check(OptionFaults faults, DeliveryOptions delivery)
    {
        faults.Range("Delivery:MaxConcurrentRequests", delivery.MaxConcurrentRequests, 1, 64);
        faults.Range("Delivery:MaxBufferBytes", delivery.MaxBufferBytes, 2 * MiB, 1024 * MiB);
        faults.Range("Delivery:RequestTimeout", delivery.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        faults.Range("Delivery:MaxRetryDelay", delivery.MaxRetryDelay, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        faults.Range("Delivery:ShutdownTimeout", delivery.ShutdownTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        faults.Range("Delivery:Spool:MaxBytes", delivery.Spool.MaxBytes, SpoolOptions.MinBytes, SpoolOptions.MaxBytesLimit);
        faults.Range("Delivery:Spool:SpillAfter", delivery.Spool.SpillAfter, TimeSpan.Zero, TimeSpan.FromHours(1));
    }
}
