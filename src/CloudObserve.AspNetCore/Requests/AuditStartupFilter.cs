using CloudObserve.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>
/// Adds the audit middleware in front of the application's middleware, including the routing and authorization that a minimal host adds.
/// </summary>
internal sealed class AuditStartupFilter(AuditedEndpoints endpoints, RequestRecorder recorder) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        _ = app.Use(WatchAsync);
        next(app);
    };

    private async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        AuditedRequest request = new(context, endpoints, recorder) { Endpoint = context.GetEndpoint() };
        context.Features.Set<IEndpointFeature>(request);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception exception) when (request.IsAudited)
        {
            if (await request.BreakOffAsync(exception).ConfigureAwait(false))
            {
                return;
            }

            throw;
        }

        if (request.IsAudited)
        {
            await request.CompleteAsync().ConfigureAwait(false);
        }
    }
}
