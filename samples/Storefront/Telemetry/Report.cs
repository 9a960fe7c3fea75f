using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve;
using CloudObserve.Delivery;
using Storefront.Shop;
using Storefront.Traffic;

namespace Storefront.Telemetry;

/// <summary>Writes the last line of the run: the shop's own counts, and the delivery of its data.</summary>
internal sealed class Report(
    RequestCounter requests, Orders orders, PaymentProvider payments, Catalogue catalogue, Shoppers shoppers, StaffActions actions,
    ICloudObserve cloudObserve)
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    public string Write()
    {
        JsonObject report = new() { ["app"] = JsonSerializer.SerializeToNode(App(), Json) };
        foreach ((string signal, LedgerSnapshot ledger) in cloudObserve.Ledgers)
        {
            report[signal] = JsonSerializer.SerializeToNode(new { ledger.Accepted, ledger.Delivered, ledger.Lost, ledger.InFlight }, Json);
        }

        return $"report: {report.ToJsonString(Json)}";
    }

    private object App()
    {
        OrderTotals totals = orders.Totals;
        return new
        {
            Requests = requests.Count,
            Orders = totals.Placed,
            OrdersValue = totals.Value,
            Payments = payments.Charges,
            PaymentsFailed = payments.Refusals,
            Refunds = totals.Refunded,
            RefundsValue = totals.RefundedValue,
            catalogue.PriceChanges,
            Shoppers = shoppers.Count,
            Actions = actions.Take(),

            // For the estimate by `cloudobserve cost --report`.
            Usage = new { cloudObserve.GetStatus().Series },
        };
    }
}
