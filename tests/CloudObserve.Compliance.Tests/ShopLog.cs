using Microsoft.Extensions.Logging;

namespace CloudObserve.Compliance.Tests;

internal static partial class ShopLog
{
    [LoggerMessage(1, LogLevel.Information, "{User} signed in from {Country} with {Answer}")]
    internal static partial void SignedIn(this ILogger logger, [Private] string user, string country, [Secret] string answer);

    [LoggerMessage(2, LogLevel.Information, "A customer was created")]
    internal static partial void Created(this ILogger logger, [LogProperties] Customer customer);

    [LoggerMessage(3, LogLevel.Information, "The key {ApiKey} is in use")]
    internal static partial void KeyUsed(this ILogger logger, [Private] string apiKey);
}
