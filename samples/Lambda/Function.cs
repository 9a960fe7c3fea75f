using System.Text.Json;
using CloudObserve;
using CloudObserve.Metrics;
using Microsoft.Extensions.Logging;

namespace Lambda;

/// <summary>Handles one event per call.</summary>
/// <remarks>All measurements are written before the call returns, because the platform may freeze the process then.</remarks>
internal sealed class Function
{
    private readonly IMetricPublisher _metrics;
    private readonly ICloudObserve _cloudObserve;
    private readonly ILogger<Function> _logger;
    private bool _isWarm;

    public Function(IMetricPublisher metrics, ICloudObserve cloudObserve, ILogger<Function> logger)
    {
        _metrics = metrics;
        _cloudObserve = cloudObserve;
        _logger = logger;
    }

    public async Task HandleAsync(string json)
    {
        try
        {
            if (!_isWarm)
            {
                _isWarm = true;
                _metrics.Put("ColdStarts", 1, MetricUnit.Count);
            }

            Handle(Read(json));
        }
        catch (JsonException exception)
        {
            _metrics.Put("EventsRefused", 1, MetricUnit.Count);
            _logger.EventRefused(exception.Message);
        }
        finally
        {
            await _cloudObserve.FlushAsync();
        }
    }

    private static OrderEvent Read(string json) =>
        JsonSerializer.Deserialize(json, OrderEventContext.Default.OrderEvent) ?? throw new JsonException("The event is null.");

    private void Handle(OrderEvent order)
    {
        _metrics.Put("OrdersShipped", 1, MetricUnit.Count, ("Carrier", order.Carrier));
        _metrics.Put("OrderValue", (double)order.Total, MetricUnit.None, ("Carrier", order.Carrier));
        _logger.OrderShipped(order.OrderId, order.Carrier, order.Total);
    }
}
