using System.Globalization;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Writes and reads the tokens of log queries: a position, after which or before which the next page lies.</summary>
/// <remarks>As in <see cref="PageToken"/> nothing is kept between pages; events that come or go meanwhile make none appear twice.</remarks>
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
