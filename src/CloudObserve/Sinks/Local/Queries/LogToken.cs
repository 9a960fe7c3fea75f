using System.Globalization;
using CloudObserve.Local;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Writes and reads the tokens of log queries, which contain the position before or after which the next page begins.</summary>
/// <remarks>
/// As with <see cref="PageToken"/>, no state is kept between pages; events added or removed in between cause no duplicates.
/// </remarks>
internal static class LogToken
{
    internal static string Write(LogPosition position, string direction = "") =>
        direction + PageToken.Write(string.Create(CultureInfo.InvariantCulture, $"{position.Timestamp}:{position.Id}"));

    internal static LogPosition Read(string token, string direction = "")
    {
        if (token.StartsWith(direction, StringComparison.Ordinal)
            && PageToken.TryRead(token.AsSpan(direction.Length), 2) is [var timestamp, var id]
            && long.TryParse(timestamp, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long time)
            && long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return new LogPosition(time, number);
        }

        throw Invalid();
    }

    internal static CloudWatchException Invalid() => LogErrors.Invalid("The specified nextToken is invalid.");
}
