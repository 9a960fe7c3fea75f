using System.Globalization;
using System.Net;
using System.Text.Json;
using Storefront.Shop;

namespace Storefront.Traffic;

/// <summary>Simulates a customer who visits repeatedly, and sometimes a member of the staff.</summary>
internal sealed class Shopper(int number, HttpClient http, Pacer pacer, StaffActions actions, CancellationToken closing)
{
    private const string Outsider = "no-key-of-ours";

    private static readonly string Boss = Staff.All.First(s => s.Role == Staff.Manager).Key;
    private static readonly string[] Products = [.. new Catalogue().Products.Select(p => p.Id)];

    // Seeded by the shopper's number, so that each run repeats the same actions.
    private readonly Random _random = new(number);
    private readonly string _region = Market.Regions[number % Market.Regions.Length];
    private readonly string _tier = Market.Tiers[number / Market.Regions.Length % Market.Tiers.Length];

    // Cancels the wait for a turn. It is not cancelled while the shop opens.
    private CancellationToken _turnsEnd;
    private string? _lastOrder;
    private long _sent;
    private long _failed;

    public VisitCount Count => new(_sent, _failed);

    /// <summary>Visits the shop until it closes.</summary>
    /// <remarks>Requests that were started are answered before this method ends.</remarks>
    public async Task ShopAsync()
    {
        try
        {
            if (number == 0)
            {
                // At the opening, the staff performs each action once, even if the shop is told to close meanwhile, so that the shortest
                // run shows every action.
                await AdministerAsync(isOpening: true);
            }

            _turnsEnd = closing;
            for (int visit = 0; ; visit++)
            {
                await VisitAsync($"{number}-{visit}");
                await AdministerAsync(isOpening: false);
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // Only the wait for a turn is ever cancelled.
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

        (HttpStatusCode? status, string answer) =
            await SendAsync(HttpMethod.Post, $"/carts/{cart}/checkout?region={_region}&tier={_tier}&customer=customer-{number}");
        _lastOrder = status == HttpStatusCode.Created ? JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString() : _lastOrder;
        if (status == HttpStatusCode.Conflict)
        {
            await RestockAsync();
        }
    }

    // Each action is performed from time to time.
    private async Task AdministerAsync(bool isOpening)
    {
        if (_lastOrder is not null && _random.Next(10) == 0)
        {
            _ = await ActAsync("RefundOrder", HttpMethod.Post, $"/admin/orders/{_lastOrder}/refund", Someone());
        }

        await ManageProductsAsync(isOpening);
        await ManageCustomersAsync(isOpening);
    }

    private async Task ManageProductsAsync(bool isOpening)
    {
        if (isOpening || _random.Next(20) == 0)
        {
            decimal price = Product.PriceStep * _random.Next(1, (int)(Product.MaxPrice / Product.PriceStep) + 1);
            _ = await ActAsync(
                "ChangePrice", HttpMethod.Put,
                string.Create(CultureInfo.InvariantCulture, $"/admin/products/{Pick(Products)}/price?price={price}"), Someone());
        }

        if (isOpening || _random.Next(20) == 0)
        {
            string product = Pick(Products);
            if (await ActAsync("RemoveProduct", HttpMethod.Delete, $"/admin/products/{product}", Someone()) == HttpStatusCode.NoContent)
            {
                _ = await ActAsync("ListProduct", HttpMethod.Put, $"/admin/products/{product}", Boss);
            }
        }
    }

    private async Task ManageCustomersAsync(bool isOpening)
    {
        if (isOpening || _random.Next(20) == 0)
        {
            string customer = $"customer-{_random.Next(number + 1)}";
            if (await ActAsync("LockUser", HttpMethod.Put, $"/admin/customers/{customer}/lock", Someone()) == HttpStatusCode.NoContent)
            {
                _ = await ActAsync("UnlockUser", HttpMethod.Delete, $"/admin/customers/{customer}/lock", Boss);
            }
        }

        if (isOpening)
        {
            _ = await ActAsync("ExportCustomers", HttpMethod.Get, "/admin/customers/export", Outsider);
            _ = await ActAsync("ExportCustomers", HttpMethod.Get, "/admin/customers/export", Boss);
        }
        else if (_random.Next(30) == 0)
        {
            _ = await ActAsync("ExportCustomers", HttpMethod.Get, "/admin/customers/export", Someone());
        }
    }

    private async Task RestockAsync()
    {
        foreach (string product in Products)
        {
            _ = await ActAsync("RestockProduct", HttpMethod.Post, $"/admin/products/{product}/restock", Someone());
        }
    }

    private async Task<HttpStatusCode?> ActAsync(string action, HttpMethod method, string path, string key)
    {
        (HttpStatusCode? status, _) = await SendAsync(method, path, key);
        actions.Answered(action, status);
        return status;
    }

    // Some members lack some permissions, and sometimes the key is unknown.
    private string Someone() => _random.Next(20) == 0 ? Outsider : Staff.All[_random.Next(Staff.All.Length)].Key;

    private async Task<(HttpStatusCode? Status, string Answer)> SendAsync(HttpMethod method, string path, string? key = null)
    {
        await pacer.NextTurnAsync(_turnsEnd);
        _sent++;
        try
        {
            using HttpRequestMessage request = new(method, path);
            if (key is not null)
            {
                request.Headers.Add(Staff.KeyHeader, key);
            }

            using HttpResponseMessage answer = await http.SendAsync(request, CancellationToken.None);
            _failed += answer.StatusCode >= HttpStatusCode.InternalServerError ? 1 : 0;
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(CancellationToken.None));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            // No answer, or none in time: it is counted, and the shopper continues with another action.
            _failed++;
            return (null, "");
        }
    }

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
