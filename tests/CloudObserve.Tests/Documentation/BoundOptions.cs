using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Documentation;

/// <summary>What an application would hear at its start if this were its configuration.</summary>
internal static class BoundOptions
{
    internal static IReadOnlyList<string> Faults(IConfiguration configuration)
    {
        ServiceCollection services = new();
        services.AddSingleton(configuration).AddCloudObserve();
        using ServiceProvider provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<CloudObserveOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException fault)
        {
            return [.. fault.Failures];
        }
    }

    /// <summary>The keys in a configuration that no option has: typing errors, which the binder passes over in silence.</summary>
    internal static IEnumerable<string> UnknownKeys(IConfiguration configuration) =>
        from entry in configuration.GetSection(CloudObserveOptions.SectionName).AsEnumerable()
        where entry.Value is not null && !OptionTree.Leaves.Any(k => Fits(k, entry.Key.Split(':')))
        select entry.Key;

    private static bool Fits(OptionKey key, string[] entry)
    {
        string[] known = [.. key.Path.Split(':'), .. key.ElementType is null ? [] : new[] { "{n}" }];
        return known.Length == entry.Length
            && known.Zip(entry).All(p => p.First[0] == '{' || p.First.Equals(p.Second, StringComparison.OrdinalIgnoreCase));
    }
}
