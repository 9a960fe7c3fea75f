using System.Text.Json;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads the body of a request in AWS JSON, token by token: no document is built and unknown members are skipped, as AWS does.</summary>
internal static class WireBody
{
    /// <summary>Reads a body, which is one object.</summary>
    /// <param name="body">The body.</param>
    /// <param name="readMember">Reads one member.</param>
    /// <returns>What was read; empty when the body is <c>null</c>.</returns>
    /// <exception cref="CloudWatchException">The body is not JSON in UTF-8, or a member has another type.</exception>
    internal static T Read<T>(ReadOnlySpan<byte> body, WireMember<T> readMember)
        where T : new()
    {
        Utf8JsonReader reader = new(body);
        T request = new();
        try
        {
            if (WireJson.EnterObject(ref reader))
            {
                WireJson.ReadMembers(ref reader, request, readMember);
            }

            // A second read at the end proves that nothing follows; the reader throws if something does.
            reader.Read();
            return request;
        }
        catch (JsonException fault)
        {
            throw ErrorCodes.Malformed($"The body is not JSON: {fault.Message}");
        }
        catch (InvalidOperationException fault)
        {
            // Thrown for strings that are not valid UTF-8; wrong token types are found before they are read.
            throw ErrorCodes.Malformed($"The body is not UTF-8: {fault.Message}");
        }
    }
}
