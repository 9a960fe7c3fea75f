using System.Globalization;
using Microsoft.Extensions.Options;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Validates the options at start and reports all faults together.</summary>
internal sealed class MonitoringOptionsValidator : IValidateOptions<MonitoringOptions>
{
    private const int AccountDigits = 12;
    private const long MinHistoryBytes = 64 * 1024;
    private const long MaxHistoryBytes = 1024 * 1024 * 1024;

    private static readonly TimeSpan MinTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, MonitoringOptions options)
    {
        List<string> faults = [.. options.Unreadable];
        if (options.Region.Length == 0 || !options.Region.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            faults.Add(Fault(nameof(options.Region), options.Region, "must be the code of a region, such as eu-west-1"));
        }

        if (options.AccountId.Length != AccountDigits || !options.AccountId.All(char.IsAsciiDigit))
        {
            faults.Add(Fault(nameof(options.AccountId), options.AccountId, $"must have {AccountDigits} digits"));
        }

        if (options.MaxHistoryBytes is < MinHistoryBytes or > MaxHistoryBytes)
        {
            faults.Add(Fault(
                nameof(options.MaxHistoryBytes), options.MaxHistoryBytes, $"must be from {MinHistoryBytes} to {MaxHistoryBytes}"));
        }

        if (options.HandlerTimeout < MinTimeout || options.HandlerTimeout > MaxTimeout)
        {
            faults.Add(Fault(nameof(options.HandlerTimeout), options.HandlerTimeout, $"must be from {MinTimeout} to {MaxTimeout}"));
        }

        if (options.ProvisionTimeout < TimeSpan.Zero || options.ProvisionTimeout > MaxTimeout)
        {
            faults.Add(Fault(nameof(options.ProvisionTimeout), options.ProvisionTimeout, $"must be from {TimeSpan.Zero} to {MaxTimeout}"));
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    internal static string Fault(string key, object value, string rule) =>
        string.Create(CultureInfo.InvariantCulture, $"{MonitoringOptions.SectionName}:{key} is '{value}', but {rule}");
}
