using Microsoft.Extensions.Logging;

namespace Lambda;

/// <summary>What the function logs, to standard error: the platform takes that to the same log group.</summary>
internal static partial class FunctionLog
{
    [LoggerMessage(1, LogLevel.Information, "Order {OrderId} of {Total} went to {Carrier}.")]
    public static partial void OrderShipped(this ILogger logger, string orderId, string carrier, decimal total);

    [LoggerMessage(2, LogLevel.Error, "An event was refused: {Reason}")]
    public static partial void EventRefused(this ILogger logger, string reason);
}
