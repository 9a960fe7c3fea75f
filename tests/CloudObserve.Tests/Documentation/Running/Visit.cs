using System.Net;
using CloudObserve.Audit;
using CloudObserve.Metrics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>
/// Somebody who comes to an application that runs: asks each of its endpoints, lets it measure, log and record, and looks whether all of it
/// arrives.
/// </summary>
internal sealed class Visit(IServiceProvider services)
{
    internal const string User = "anna";

    // What a route's parameters are given: it will do for a number and for a name.
    private const string RouteValue = "1";

    /// <returns>What is wrong.</returns>
    internal async Task<IReadOnlyList<string>> MakeAsync(Func<IServiceProvider, Task>? during)
    {
        List<string> faults = await AskAllAsync();
        services.GetRequiredService<IMetricPublisher>().Put("Visits", 1);
        services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("{User} was here.", User);
        if (services.GetService<IAuditTrail>() is { } audit)
        {
            await audit.RecordAsync(new AuditEvent("Visit"));
        }

        _ = await services.GetRequiredService<ICloudObserve>().FlushAsync();
        await (during?.Invoke(services) ?? Task.CompletedTask);
        return [.. faults, .. await FlushAsync()];
    }

    private async Task<List<string>> AskAllAsync()
    {
        List<string> faults = [];
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        http.BaseAddress = new Uri(services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        foreach (RouteEndpoint endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            HttpStatusCode status = await AskAsync(http, endpoint, User);
            if ((int)status is < 200 or > 299)
            {
                faults.Add($"{endpoint.DisplayName} answers {(int)status}");
            }

            bool isForUsers = endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null;
            if (isForUsers && await AskAsync(http, endpoint, "") != HttpStatusCode.Unauthorized)
            {
                faults.Add($"{endpoint.DisplayName} lets anybody in");
            }
        }

        return faults;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, RouteEndpoint endpoint, string user)
    {
        string method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? HttpMethods.Get;
        string path = string.Join(
            '/', endpoint.RoutePattern.PathSegments.Select(
                s => string.Concat(s.Parts.Select(p => p is RoutePatternLiteralPart text ? text.Content : RouteValue))));
        using HttpRequestMessage request = new(new HttpMethod(method), "/" + path);
        request.Headers.Add(Doorman.Header, user);
        using HttpResponseMessage answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<IEnumerable<string>> FlushAsync()
    {
        ICloudObserve library = services.GetRequiredService<ICloudObserve>();
        FlushResult flush = await library.FlushAsync();
        CloudObserveStatus status = library.GetStatus();
        return
        [
            .. flush.Completed ? Array.Empty<string>() : ["the flush did not complete"],
            // What is still under way is not looked at: a meter may go on measuring. What does not arrive is said when the application
            // stops.
            .. flush.Ledgers.SelectMany(
                l => l.Value.Lost.Where(r => !r.Key.IsIntended).Select(r => $"{l.Key}: {r.Value} lost as {r.Key}")),
            .. status.Health == HealthStatus.Healthy ? [] : status.Reasons,
        ];
    }
}
