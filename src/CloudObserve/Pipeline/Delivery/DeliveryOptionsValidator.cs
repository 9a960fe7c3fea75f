using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Validates the options of delivery and of its spool.</summary>
internal static class DeliveryOptionsValidator
{
    private const int MaxConcurrentRequests = 64;
    private const int MinBufferBytes = 2 * 1024 * 1024;
    private const int MaxBufferBytes = 1024 * 1024 * 1024;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRequestTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MaxShutdownTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MaxSpillAfter = TimeSpan.FromHours(1);

    internal static void Check(OptionFaults faults, DeliveryOptions delivery)
    {
        faults.Range("Delivery:MaxConcurrentRequests", delivery.MaxConcurrentRequests, 1, MaxConcurrentRequests);
        faults.Range("Delivery:MaxBufferBytes", delivery.MaxBufferBytes, MinBufferBytes, MaxBufferBytes);
        faults.Range("Delivery:RequestTimeout", delivery.RequestTimeout, Second, MaxRequestTimeout);
        faults.Range("Delivery:MaxRetryDelay", delivery.MaxRetryDelay, Second, MaxRetryDelay);
        faults.Range("Delivery:ShutdownTimeout", delivery.ShutdownTimeout, Second, MaxShutdownTimeout);
        faults.Range("Delivery:Spool:MaxBytes", delivery.Spool.MaxBytes, SpoolOptions.MinBytes, SpoolOptions.MaxBytesLimit);
        faults.Range("Delivery:Spool:SpillAfter", delivery.Spool.SpillAfter, TimeSpan.Zero, MaxSpillAfter);
    }
}
