using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudObserve.Hosting;

/// <summary>Binds the options from the host's configuration, if there is one: plain services need not have any.</summary>
internal sealed class ConfigurationOptions(IConfiguration? configuration) : IConfigureOptions<CloudObserveOptions>
{
    public void Configure(CloudObserveOptions options) => configuration?.GetSection(CloudObserveOptions.SectionName).Bind(options);
}
