using System.Globalization;
using System.Net;
using System.Text.Json;
using Storefront.Shop;

namespace Storefront.Traffic;

/// <summary>One customer, who comes back again and again; now and then one of the shop's own people.</summary>
internal sealed class Shopper(int number, HttpClient http, Pacer pacer, CancellationToken closing)
{
    private static readonly string[] Products = [.. new Catalogue().Products.Select(p => p.Id)];

    // Seeded by number: the same shopper does the same in every run.
    private readonly Random _random = new(number);
    private readonly string _region = Market.Regions[number % Market.Regions.Length];
    private readonly string _tier = Market.Tiers[number / Market.Regions.Length % Market.Tiers.Length];
    private string? _lastOrder;
    private long _sent;
    private long _failed;

    public VisitCount Count => new(_sent, _failed);

    /// <summary>Visits the shop until it closes. What was begun to be sent is always answered before this ends.</summary>
    public async Task ShopAsync()
    {
        try
        {
            for (int visit = 0; ; visit++)
            {
                await VisitAsync($"{number}-{visit}");
                await AdministerAsync();
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // Only waiting for a turn is ever cancelled.
        }
    }

    private async Task VisitAsync(string cart)
    {
        _ = await SendAsync(HttpMethod.Get, "/products");
        for (int items = _random.Next(1, 5); items > 0; items--)
        {
            string product = Pick(Products);
            _ = await SendAsync(HttpMethod.Get, $"/products/{product}");
            _ = await SendAsync(HttpMethod.Post, $"/carts/{cart}/items/{product}");
        }

        if (_random.Next(5) == 0)
        {
            _ = await SendAsync(HttpMethod.Delete, $"/carts/{cart}");
            return;
        }

        (HttpStatusCode? status, string answer) = await SendAsync(HttpMethod.Post, $"/carts/{cart}/checkout?region={_region}&tier={_tier}");
        _lastOrder = status == HttpStatusCode.Created ? JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString() : _lastOrder;
        if (status == HttpStatusCode.Conflict)
        {
            await RestockAsync();
        }
    }

    private async Task AdministerAsync()
    {
        if (_lastOrder is not null && _random.Next(10) == 0)
        {
            _ = await SendAsync(HttpMethod.Post, $"/admin/orders/{_lastOrder}/refund");
        }

        if (_random.Next(20) == 0)
        {
            decimal price = Product.PriceStep * _random.Next(1, (int)(Product.MaxPrice / Product.PriceStep) + 1);
            _ = await SendAsync(HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"/admin/products/{Pick(Products)}/price?price={price}"));
        }
    }

    private async Task RestockAsync()
    {
        foreach (string product in Products)
        {
            _ = await SendAsync(HttpMethod.Post, $"/admin/products/{product}/restock");
        }
    }

    private async Task<(HttpStatusCode? Status, string Answer)> SendAsync(HttpMethod method, string path)
    {
        await pacer.NextTurnAsync(closing);
        _sent++;
        try
        {
            using HttpRequestMessage request = new(method, path);
            using HttpResponseMessage answer = await http.SendAsync(request, CancellationToken.None);
            _failed += answer.StatusCode >= HttpStatusCode.InternalServerError ? 1 : 0;
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(CancellationToken.None));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            // No answer, or none in time: counted, and the shopper tries something else.
            _failed++;
            return (null, "");
        }
    }

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
