using Microsoft.Extensions.Logging;

namespace Lambda;

/// <summary>Contains the function's log messages.</summary>
/// <remarks>They go to standard error, which the platform sends to the same log group.</remarks>
internal static partial class FunctionLog
{
    [LoggerMessage(1, LogLevel.Information, "Order {OrderId} of {Total} went to {Carrier}.")]
    public static partial void OrderShipped(this ILogger logger, string orderId, string carrier, decimal total);

    [LoggerMessage(2, LogLevel.Error, "An event was refused: {Reason}")]
    public static partial void EventRefused(this ILogger logger, string reason);
}
