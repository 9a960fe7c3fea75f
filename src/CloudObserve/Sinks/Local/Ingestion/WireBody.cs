using System.Text.Json;
using CloudObserve.Local;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads request bodies in AWS JSON.</summary>
/// <remarks>The reader works token by token: no document is built, and unknown members are skipped, as in AWS.</remarks>
internal static class WireBody
{
    /// <summary>Reads a body, which is one object.</summary>
    /// <param name="body">The body.</param>
    /// <param name="readMember">Reads one member.</param>
    /// <returns>The request; empty if the body is <c>null</c>.</returns>
    /// <exception cref="CloudWatchException">The body is not JSON in UTF-8, or a member has the wrong type.</exception>
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

            // A second read at the end checks that nothing follows; the reader throws if something does.
            reader.Read();
            return request;
        }
        catch (JsonException exception)
        {
            throw ErrorCodes.Malformed($"The body is not JSON: {exception.Message}");
        }
        catch (InvalidOperationException exception)
        {
            // Thrown for strings that are not valid UTF-8; wrong token types are detected before they are read.
            throw ErrorCodes.Malformed($"The body is not UTF-8: {exception.Message}");
        }
    }
}
