using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

/// <summary>Log calls as applications generate them.</summary>
internal static partial class Messages
{
    /// <summary>Logs with a template that is not a constant, which an analyzer would rightly refuse in an application.</summary>
    internal static readonly Action<ILogger, string?, object?[]> Any = LoggerExtensions.LogInformation;

    [LoggerMessage(7, LogLevel.Information, "Order {OrderId} of {Customer} costs {Total,10:N2}")]
    internal static partial void OrderPlaced(this ILogger logger, string orderId, string customer, decimal total);

    [LoggerMessage(8, LogLevel.Information, "Order {OrderId} of {Customer} goes to {City}")]
    internal static partial void OrderSent(this ILogger logger, string orderId, string customer, string city);

    [LoggerMessage(9, LogLevel.Warning, "{F} {E} {D} {C} {B} {A} {List} and {None}")]
    internal static partial void Reversed(this ILogger logger, int a, int b, int c, int d, int e, int f, int[] list, string? none);

    [LoggerMessage(10, LogLevel.Error, "Nothing to fill in, {{braces}} or not")]
    internal static partial void Constant(this ILogger logger);

    [LoggerMessage(11, LogLevel.Error, "Order {OrderId} took {Items} items")]
    internal static partial void OrderTook(this ILogger logger, int orderId, int items);
}
