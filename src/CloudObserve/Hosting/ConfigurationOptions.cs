using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudObserve.Hosting;

/// <summary>Binds the options from the host's configuration.</summary>
/// <remarks>
/// A plain service collection may have no configuration. The binder stops at the first value that it cannot read. This class leaves each
/// such value out and notes it, so that all unreadable values are reported together with all other faults.
/// </remarks>
internal sealed class ConfigurationOptions(IConfiguration? configuration) : IConfigureOptions<CloudObserveOptions>
{
    public void Configure(CloudObserveOptions options)
    {
        if (configuration is null)
        {
            return;
        }

        IConfiguration readable = configuration;
        while (UnreadableIn(readable) is { } unreadable)
        {
            options.Unreadable.Add(unreadable);
            readable = Without(unreadable.Key, readable);
        }

        readable.GetSection(CloudObserveOptions.SectionName).Bind(options);
    }

    // Each attempt uses new options. After a partial binding, the first items of a list would otherwise be added twice.
    private static UnreadableValue? UnreadableIn(IConfiguration configuration)
    {
        try
        {
            configuration.GetSection(CloudObserveOptions.SectionName).Bind(new CloudObserveOptions());
            return null;
        }
        catch (InvalidOperationException fault)
            when (UnreadableValue.Of(fault) is { } unreadable && configuration[unreadable.Key] is not null)
        {
            return unreadable;
        }
    }

    private static IConfigurationRoot Without(string key, IConfiguration configuration) => new ConfigurationBuilder()
        .AddInMemoryCollection(configuration.GetSection(CloudObserveOptions.SectionName).AsEnumerable()
            .Where(setting => !string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase)))
        .Build();
}
