using Storefront.Telemetry;

namespace Storefront.Shop;

/// <summary>The shop's HTTP face.</summary>
internal static class ShopEndpoints
{
    public static void MapShop(this WebApplication app)
    {
        _ = app.Use((context, next) =>
        {
            context.RequestServices.GetRequiredService<ShopBooks>().Requested();
            return next(context);
        });
        _ = app.MapGet("/products", (Catalogue catalogue) => catalogue.Products);
        _ = app.MapGet("/products/{id}", ViewProduct);
        _ = app.MapPost("/carts/{cart}/items/{id}", AddToCart);
        _ = app.MapDelete("/carts/{cart}", (string cart, Carts carts) => carts.TryClose(cart, out _) ? Results.NoContent() : Results.NotFound());
        _ = app.MapPost("/carts/{cart}/checkout", CheckOutAsync);

        // A real shop asks here who is calling.
        RouteGroupBuilder admin = app.MapGroup("/admin");
        _ = admin.MapPost("/orders/{id:guid}/refund", Refund);
        _ = admin.MapPut("/products/{id}/price", ChangePrice);
        _ = admin.MapPost("/products/{id}/restock", Restock);
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

    private static async Task<IResult> CheckOutAsync(string cart, string region, string tier, Carts carts, Checkout checkout)
    {
        if (!Market.Regions.Contains(region) || !Market.Tiers.Contains(tier))
        {
            return Results.BadRequest("The region or the tier is unknown.");
        }

        if (!carts.TryClose(cart, out Cart? closed))
        {
            return Results.NotFound();
        }

        CheckoutResult result = await checkout.PlaceAsync(closed, region, tier);
        return result switch
        {
            { Order: { } order } => Results.Created($"/orders/{order.Id}", order),
            { PaymentFailure: { } reason } => Results.Text(reason, statusCode: StatusCodes.Status402PaymentRequired),
            _ => Results.Conflict("Out of stock."),
        };
    }

    private static IResult Refund(Guid id, Orders orders, Checkout checkout)
    {
        if (!orders.TryFind(id, out Order? order))
        {
            return Results.NotFound();
        }

        return checkout.TryRefund(order) ? Results.Ok(order) : Results.Conflict("It was refunded before.");
    }

    private static IResult ChangePrice(string id, decimal price, Catalogue catalogue, ShopBooks books, ShopMetrics metrics)
    {
        if (!catalogue.TryFind(id, out Product? product))
        {
            return Results.NotFound();
        }

        if (!product.TryChangePrice(price))
        {
            return Results.BadRequest($"A price is a multiple of {Product.PriceStep} up to {Product.MaxPrice}.");
        }

        books.PriceChanged();
        metrics.PriceChanged(product);
        return Results.Ok(product);
    }

    private static IResult Restock(string id, Catalogue catalogue, ShopMetrics metrics)
    {
        if (!catalogue.TryFind(id, out Product? product))
        {
            return Results.NotFound();
        }

        product.Restock();
        metrics.StockChanged(product);
        return Results.NoContent();
    }
}
