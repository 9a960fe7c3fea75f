using CloudObserve.Diagnostics;
using CloudObserve.Local;

namespace CloudObserve.Sinks.Local;

/// <summary>Validates the options of the embedded CloudWatch.</summary>
internal static class LocalOptionsValidator
{
    internal static void Check(OptionFaults faults, LocalOptions local)
    {
        faults.Range("Local:MaxSeries", local.MaxSeries, LocalOptions.MinSeries, LocalOptions.MaxSeriesLimit);
        faults.Range("Local:MaxBytes", local.MaxBytes, LocalOptions.MinBytes, LocalOptions.MaxBytesLimit);
        faults.Range("Local:MaxLogBytes", local.MaxLogBytes, LocalOptions.MinBytes, LocalOptions.MaxBytesLimit);
        faults.Range("Local:MaxDiskBytes", local.MaxDiskBytes, LocalOptions.MinDiskBytes, LocalOptions.MaxDiskBytesLimit);
        if (local.Directory is { } directory
            && (string.IsNullOrWhiteSpace(directory) || directory.Contains('\0', StringComparison.Ordinal)))
        {
            faults.Add("Local:Directory", directory, "must be the path of a directory, or not set");
        }
    }
}
