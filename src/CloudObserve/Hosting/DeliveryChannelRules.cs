using System.Globalization;
using CloudObserve.Audit;
using CloudObserve.Audit.Shipping;
using CloudObserve.Delivery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudObserve.Hosting;

/// <summary>Validates the name and the options of delivery channels.</summary>
internal sealed class DeliveryChannelRules : IValidateOptions<DeliveryChannelOptions>
{
    internal const int MaxNameLength = 64;
    private const int KiB = 1024;
    private const int MaxLossReasons = 32;

    /// <summary>The names that are taken by the library itself.</summary>
    private static readonly string[] BuiltIn =
    [
        MetricsComposition.SignalName, LogsComposition.SignalName, AuditSignal.SignalName, RecordShipping.SignalName,
        FileShipping.SignalName, LocalComposition.CopyName, LocalComposition.FilesName,
    ];

    /// <summary>Returns the rule that the name of a new channel breaks, or <see langword="null"/>.</summary>
    internal static string? BrokenRule(string name, IServiceCollection services)
    {
        // The name is also that of a directory, so names must be different where case is ignored.
        if (name.Length is 0 or > MaxNameLength || !char.IsAsciiLetterLower(name[0])
            || !name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            return $"it must have 1 to {MaxNameLength} small letters, digits and dashes, and begin with a letter";
        }

        return BuiltIn.Contains(name, StringComparer.Ordinal) ? "it is the name of a built-in signal"
            : services.Any(s => s.ServiceType == typeof(DeliveryChannelRegistration)
                && ((DeliveryChannelRegistration)s.ImplementationInstance!).Name == name) ? "a channel of that name was added before"
            : null;
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DeliveryChannelOptions options)
    {
        List<string> faults = [];
        Check(faults, nameof(options.MaxConcurrentRequests), options.MaxConcurrentRequests, 1, 64);
        Check(faults, nameof(options.MaxBufferBytes), options.MaxBufferBytes, 64 * KiB, KiB * KiB * KiB);
        Check(faults, nameof(options.RequestTimeout), options.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Check(faults, nameof(options.MaxRetryDelay), options.MaxRetryDelay, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Check<int>(faults, nameof(options.Stage), options.Stage, 0, DeliveryChannelOptions.MaxStage);
        if (options.LossReasons.Count > MaxLossReasons || options.LossReasons.Contains(null!))
        {
            faults.Add($"LossReasons has {options.LossReasons.Count} entries, but must have at most {MaxLossReasons}, none of them null");
        }

        return faults.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"The delivery channel '{name}': {fault}."));
    }

    private static void Check<T>(List<string> faults, string key, T? value, T min, T max)
        where T : struct, IComparable<T>
    {
        if (value is { } given && (given.CompareTo(min) < 0 || given.CompareTo(max) > 0))
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is '{given}', but must be from {min} to {max}"));
        }
    }
}
