using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Binds the options from the host's configuration. The definitions are read elsewhere.</summary>
internal sealed class MonitoringConfiguration(IConfiguration? configuration) : IConfigureOptions<MonitoringOptions>
{
    public void Configure(MonitoringOptions options)
    {
        if (configuration?.GetSection(MonitoringOptions.SectionName) is not { } section)
        {
            return;
        }

        options.Region = section[nameof(options.Region)] ?? options.Region;
        options.AccountId = section[nameof(options.AccountId)] ?? options.AccountId;
        if (section[nameof(options.MaxHistoryBytes)] is { } bytes)
        {
            options.MaxHistoryBytes = long.TryParse(bytes, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                ? number : Unreadable(options.MaxHistoryBytes, nameof(options.MaxHistoryBytes), bytes, "must be a whole number");
        }

        options.HandlerTimeout = Duration(nameof(options.HandlerTimeout), options.HandlerTimeout);
        options.ProvisionTimeout = Duration(nameof(options.ProvisionTimeout), options.ProvisionTimeout);
        options.Provision = Flag(nameof(options.Provision), options.Provision);
        options.DeleteRemovedAlarms = Flag(nameof(options.DeleteRemovedAlarms), options.DeleteRemovedAlarms);

        TimeSpan Duration(string key, TimeSpan present) => section[key] is not { } text ? present
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan duration) ? duration
            : Unreadable(present, key, text, "must be a duration such as 00:01:30");

        bool Flag(string key, bool present) => section[key] is not { Length: > 0 } text ? present
            : bool.TryParse(text, out bool flag) ? flag
            : Unreadable(present, key, text, "must be true or false");

        T Unreadable<T>(T present, string key, string value, string rule)
        {
            options.Unreadable.Add(MonitoringOptionsValidator.Fault(key, value, rule));
            return present;
        }
    }
}
