using CloudObserve.Audit;
using Storefront.Telemetry;

namespace Storefront.Shop;

/// <summary>Maps the endpoints for the shop's staff.</summary>
/// <remarks>All requests are audited, including refused ones.</remarks>
internal static class AdminEndpoints
{
    private const string Product = "Shop::Product";
    private const string Customer = "Shop::Customer";

    public static void MapAdmin(this WebApplication app)
    {
        RouteGroupBuilder admin = app.MapGroup("/admin").RequireAuthorization();
        MapMoney(admin);
        MapProducts(admin.MapGroup("/products/{id}"));
        MapCustomers(admin.MapGroup("/customers"));
    }

    // Money and customer data are changed only when the intent is on disk.
    private static void MapMoney(RouteGroupBuilder admin) =>
        admin.MapPost("/orders/{id:guid}/refund", Refund).Audited("RefundOrder", "order/{id}", o =>
        {
            o.ResourceType = "Shop::Order";
            o.Guarantee = AuditGuarantee.BeforeAction;
        });

    private static void MapProducts(RouteGroupBuilder products)
    {
        _ = products.Audited(o =>
        {
            o.Resource = "product/{id}";
            o.ResourceType = Product;
        });
        _ = products.MapPut("/price", ChangePrice).RequireAuthorization(Staff.Managers)
            .Audited("ChangePrice", configure: o => o.QueryParameters.Add("price"));
        _ = products.MapDelete("/", Remove).RequireAuthorization(Staff.Managers).Audited("RemoveProduct");
        _ = products.MapPut("/", List).RequireAuthorization(Staff.Managers).Audited("ListProduct");

        // This action is frequent and needs no privilege, so it does not wait for the disk.
        _ = products.MapPost("/restock", Restock).Audited("RestockProduct", configure: o => o.Guarantee = AuditGuarantee.BestEffort);
    }

    private static void MapCustomers(RouteGroupBuilder customers)
    {
        _ = customers.MapPut("/{id}/lock", (string id, Customers known) => SetLock(id, true, known))
            .Audited("LockUser", "customer/{id}", o => o.ResourceType = Customer);
        _ = customers.MapDelete("/{id}/lock", (string id, Customers known) => SetLock(id, false, known))
            .Audited("UnlockUser", "customer/{id}", o => o.ResourceType = Customer);
        _ = customers.MapGet("/export", Export).RequireAuthorization(Staff.Managers).Audited("ExportCustomers", "customers", o =>
        {
            o.ResourceType = Customer;
            o.Category = AuditEventCategory.Data;
            o.Guarantee = AuditGuarantee.BeforeAction;
        });
    }

    private static IResult Refund(Guid id, HttpContext context, Orders orders, Checkout checkout)
    {
        if (!orders.TryFind(id, out Order? order))
        {
            return Results.NotFound();
        }

        if (!checkout.TryRefund(order))
        {
            return Results.Conflict("It was refunded before.");
        }

        _ = context.Audit(e => e with { ResponseElements = new AuditData { ["refunded"] = order.Total } });
        return Results.Ok(order);
    }

    private static IResult ChangePrice(string id, decimal price, Catalogue catalogue, ShopMetrics metrics)
    {
        if (!catalogue.TryFind(id, out Product? product))
        {
            return Results.NotFound();
        }

        if (!product.TryChangePrice(price))
        {
            return Results.BadRequest($"A price is a multiple of {Shop.Product.PriceStep} up to {Shop.Product.MaxPrice}.");
        }

        metrics.PriceChanged(product);
        return Results.Ok(product);
    }

    private static IResult Remove(string id, Catalogue catalogue) => catalogue.TryRemove(id) ? Results.NoContent() : Results.NotFound();

    private static IResult List(string id, Catalogue catalogue) =>
        catalogue.TryList(id) ? Results.NoContent() : Results.Conflict("It is on sale, or unknown.");

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

    private static IResult SetLock(string id, bool locked, Customers customers)
    {
        if (!customers.TryFind(id, out Customer? customer))
        {
            return Results.NotFound();
        }

        return customer.TryLock(locked) ? Results.NoContent() : Results.Conflict(locked ? "It is locked." : "It is not locked.");
    }

    private static IResult Export(HttpContext context, Customers customers)
    {
        string[] lines = [.. customers.All.Select(c => c.ToLine())];
        _ = context.Audit(e => e with { AdditionalEventData = new AuditData { ["customers"] = lines.Length } });
        return Results.Text(string.Join('\n', ["id,orders,spent,state", .. lines]), "text/csv");
    }
}
