using CloudObserve.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CloudObserve.StorefrontRecorder;

/// <summary>Records one sample of <c>OrdersPlaced</c> for each checkout that the shop answers with a new order.</summary>
internal sealed class OrderRecorder(PublishedTotals published) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        _ = app.Use(RecordAsync);
        next(app);
    };

    private async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.StatusCode == StatusCodes.Status201Created
            && context.Request.Path.Value!.EndsWith("/checkout", StringComparison.Ordinal))
        {
            published.Add("OrdersPlaced", 1, [new MetricDimension("Region", context.Request.Query["region"].ToString())]);
        }
    }
}
