using CloudObserve.Local;
using Microsoft.Extensions.Options;

namespace CloudObserve.Sinks.Local;

/// <summary>Reports every value out of range at once, by its configuration key.</summary>
internal sealed class LocalOptionsValidator : IValidateOptions<LocalOptions>
{
    public ValidateOptionsResult Validate(string? name, LocalOptions options)
    {
        List<string> faults = [];
        Check(faults, nameof(options.MaxSeries), options.MaxSeries, LocalOptions.MinSeries, LocalOptions.MaxSeriesLimit);
        Check(faults, nameof(options.MaxBytes), options.MaxBytes, LocalOptions.MinBytes, LocalOptions.MaxBytesLimit);
        Check(faults, nameof(options.MaxLogBytes), options.MaxLogBytes, LocalOptions.MinBytes, LocalOptions.MaxBytesLimit);
        Check(faults, nameof(options.MaxDiskBytes), options.MaxDiskBytes, LocalOptions.MinDiskBytes, LocalOptions.MaxDiskBytesLimit);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Check(List<string> faults, string key, long value, long min, long max)
    {
        if (value < min || value > max)
        {
            faults.Add($"{LocalOptions.SectionName}:{key} is {value}, but must be from {min} to {max}.");
        }
    }
}
