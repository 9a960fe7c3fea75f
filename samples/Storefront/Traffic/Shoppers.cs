using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Storefront.Traffic;

/// <summary>Sends shoppers over HTTP to the shop's own address while it is open.</summary>
/// <remarks>They stop while the server still answers, so that no request is cut off and the counts in the report agree.</remarks>
internal sealed class Shoppers(IServer server, IOptions<TrafficOptions> options, StaffActions actions, TimeProvider time)
    : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly HttpClient _http = new();
    private Shopper[] _shoppers = [];
    private Task _visits = Task.CompletedTask;

    public VisitCount Count => new(_shoppers.Sum(s => s.Count.Requests), _shoppers.Sum(s => s.Count.Failed));

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _http.BaseAddress = Address();
        Console.WriteLine(
            $"The shop is open at {_http.BaseAddress}: {options.Value.ShopperCount} shoppers, {options.Value.Rate} requests a second.");
        Pacer pacer = new(options.Value.Rate, time);
        _shoppers = [.. Enumerable.Range(0, options.Value.ShopperCount).Select(i => new Shopper(i, _http, pacer, actions, _closing.Token))];
        _visits = Task.WhenAll(_shoppers.Select(s => Task.Run(s.ShopAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _closing.CancelAsync();
        await _visits.WaitAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _closing.Dispose();
        _http.Dispose();
    }

    private Uri Address()
    {
        ICollection<string> bound = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        UriBuilder address = new(bound.FirstOrDefault(a => a.StartsWith("http:", StringComparison.Ordinal)) ?? bound.First());
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip)
            && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
        {
            // The server listens on all addresses, which are not valid targets themselves; localhost is one of them.
            address.Host = "localhost";
        }

        return address.Uri;
    }
}
