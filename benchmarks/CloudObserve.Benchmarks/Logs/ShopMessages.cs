using Microsoft.Extensions.Logging;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>Contains the two styles of log calls, with the same message and values.</summary>
internal static partial class ShopMessages
{
    internal static readonly Guid OrderId = Guid.Parse("4ab7d1f6-0f8f-4a3e-9c0a-5a3f0d1b2c3d");

    [LoggerMessage(17, LogLevel.Information, "Order {OrderId} of {Total} was placed by a {Tier} customer in {Region}.")]
    internal static partial void OrderPlaced(ILogger logger, Guid orderId, double total, string tier, string region);

    internal static void OrderPlacedByTemplate(ILogger logger) =>
        logger.LogInformation(
            17, "Order {OrderId} of {Total} was placed by a {Tier} customer in {Region}.", OrderId, 249.5, "gold", "eu-central-1");

    internal static void OrderPlacedGenerated(ILogger logger) => OrderPlaced(logger, OrderId, 249.5, "gold", "eu-central-1");
}
