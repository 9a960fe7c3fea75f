using System.Globalization;
using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Sealing;

namespace CloudObserve.Audit.Shipping;

/// <summary>Determines the time under which a record is shipped: its own, unless the destination would refuse that.</summary>
internal static class ShippedTime
{
    // CloudWatch Logs drops events older than 14 days. One day less, so that a batch may wait.
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(13);

    internal static DateTimeOffset Of(ReadOnlySpan<byte> record, DateTimeOffset now)
    {
        if (!TryRead(record, out DateTimeOffset time) || time > now)
        {
            return now;
        }

        return time < now - Oldest ? now - Oldest : time;
    }

    private static bool TryRead(ReadOnlySpan<byte> record, out DateTimeOffset time)
    {
        time = default;
        try
        {
            return DateTimeOffset.TryParseExact(
                SealedRecords.TimeOf(record), RecordNames.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out time);
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
