using Storefront.Telemetry;

namespace Storefront.Shop;

/// <summary>Maps the HTTP endpoints of the shop.</summary>
internal static class ShopEndpoints
{
    public static void MapShop(this WebApplication app)
    {
        // Created at start and not with the first customer, so that its gauges are read from the beginning.
        _ = app.Services.GetRequiredService<ShopMetrics>();

        RequestCounter requests = app.Services.GetRequiredService<RequestCounter>();
        _ = app.Use((context, next) =>
        {
            requests.Increment();
            return next(context);
        });

        // Added here, after the counting middleware, so that refused requests are counted too. The host would add them first.
        _ = app.UseAuthentication().UseAuthorization();
        _ = app.MapGet("/products", (Catalogue catalogue) => catalogue.Products);
        _ = app.MapGet("/products/{id}", ViewProduct);
        _ = app.MapPost("/carts/{cart}/items/{id}", AddToCart);
        _ = app.MapDelete(
            "/carts/{cart}", (string cart, Carts carts) => carts.TryClose(cart, out _) ? Results.NoContent() : Results.NotFound());
        _ = app.MapPost("/carts/{cart}/checkout", CheckOutAsync);
        app.MapAdmin();
    }

    private static IResult ViewProduct(string id, Catalogue catalogue, ShopMetrics metrics)
    {
        if (!catalogue.TryFind(id, out Product? product))
        {
            return Results.NotFound();
        }

        metrics.ProductViewed(product);
        return Results.Ok(product);
    }

    private static IResult AddToCart(string cart, string id, Catalogue catalogue, Carts carts)
    {
        if (!catalogue.TryFind(id, out Product? product))
        {
            return Results.NotFound();
        }

        return carts.Open(cart).TryAdd(product) ? Results.NoContent() : Results.Conflict($"A cart holds at most {Cart.MaxItems} things.");
    }

    private static async Task<IResult> CheckOutAsync(
        string cart, string region, string tier, string? customer, Carts carts, Customers customers, Checkout checkout)
    {
        if (!Market.Regions.Contains(region) || !Market.Tiers.Contains(tier))
        {
            return Results.BadRequest("The region or the tier is unknown.");
        }

        Customer? buyer = customers.Meet(customer);
        if (buyer is { IsLocked: true })
        {
            return Results.Text("This customer is locked.", statusCode: StatusCodes.Status403Forbidden);
        }

        if (!carts.TryClose(cart, out Cart? closed))
        {
            return Results.NotFound();
        }

        CheckoutResult result = await checkout.PlaceAsync(closed, region, tier);
        if (result.Order is { } placed)
        {
            buyer?.Bought(placed);
        }

        return result switch
        {
            { Order: { } order } => Results.Created($"/orders/{order.Id}", order),
            { PaymentFailure: { } reason } => Results.Text(reason, statusCode: StatusCodes.Status402PaymentRequired),
            _ => Results.Conflict("Out of stock."),
        };
    }
}
