using System.Globalization;
using System.Text.Json;

namespace CloudObserve.Monitoring;

/// <summary>Describes faults in JSON texts.</summary>
internal static class JsonFault
{
    /// <summary>Describes a fault by its line, its position there and the rule.</summary>
    /// <remarks>.NET counts both from 0, and ends its message with them and with a path.</remarks>
    internal static string Describe(JsonException exception)
    {
        int end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        int path = exception.Message.IndexOf(" Path:", StringComparison.Ordinal);
        end = path >= 0 && (end < 0 || path < end) ? path : end;
        string rule = end < 0 ? exception.Message : exception.Message[..end];
        return string.Create(
            CultureInfo.InvariantCulture, $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {rule}");
    }
}
