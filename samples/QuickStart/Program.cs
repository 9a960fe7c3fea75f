using CloudObserve.Metrics;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.AddCloudObserve()
    .WithMetrics(m => m.Namespace = "Shop")
    .WithLogs(l => l.LogGroup = "/shop")
    .AddMetricFilter("LargeOrders", """{ $.eventName = "OrderPlaced" && $.values.Total >= 100 }""", t => t.Metric("Shop", "LargeOrders"))
    .WithAuditTrail(a => a.Directory = "audit")
    .WithAuditedEndpoints();

WebApplication app = builder.Build();

app.MapPost("/orders/{total}", (double total, IMetricPublisher metrics, ILogger<Program> logger) =>
{
    metrics.Put("OrderValue", total, MetricUnit.None, ("Region", "eu"));
    logger.LogInformation(new EventId(1, "OrderPlaced"), "An order of {Total} was placed.", total);
    return "placed\n";
});
app.MapDelete("/orders/{id}", (string id) => $"{id} is cancelled\n").Audited("CancelOrder", resource: "order/{id}");
app.MapCloudObserveStatus("/status");

app.Run();
