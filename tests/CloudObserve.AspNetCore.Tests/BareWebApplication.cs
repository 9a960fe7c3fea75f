using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.AspNetCore.Tests;

/// <summary>A web application on a port of its own that says nothing and records nothing, for tests of what happens then.</summary>
internal static class BareWebApplication
{
    internal static WebApplicationBuilder CreateBuilder()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        _ = builder.Logging.ClearProviders();
        return builder;
    }
}
