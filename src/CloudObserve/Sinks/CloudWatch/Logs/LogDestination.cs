using System.Text.Json;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>A log stream and its group.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Stream">The stream's name.</param>
internal readonly record struct LogDestination(string Group, string Stream)
{
    /// <summary>Reads the group and stream from the body of <c>PutLogEvents</c>.</summary>
    /// <param name="body">The body. The names come before the events, so only its beginning is read.</param>
    /// <returns>The destination, or <see langword="null"/> if the body does not contain it.</returns>
    /// <remarks>
    /// The names are read from the body, so the created names are the ones the service received, and a batch read back from disk needs only
    /// its bytes. The cost arises only for a batch whose stream does not exist.
    /// </remarks>
    internal static LogDestination? Of(ReadOnlySpan<byte> body)
    {
        (string? group, string? stream) = Read(body, needsStream: true);
        return group is null || stream is null ? null : new LogDestination(group, stream);
    }

    /// <summary>Reads the log group from the body of any operation.</summary>
    /// <returns>The group, or <see langword="null"/> if the body does not contain it.</returns>
    internal static string? GroupOf(ReadOnlySpan<byte> body) => Read(body, needsStream: false).Group;

    private static (string? Group, string? Stream) Read(ReadOnlySpan<byte> body, bool needsStream)
    {
        string? group = null;
        string? stream = null;
        Utf8JsonReader reader = new(body);
        try
        {
            reader.Read();
            while ((group is null || (needsStream && stream is null)) && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref reader, ref group, ref stream);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Invalid JSON, or a name that is not a string: nothing can be created, and the service's own response is used.
            return default;
        }

        return (group, stream);
    }

    private static void ReadMember(ref Utf8JsonReader reader, ref string? group, ref string? stream)
    {
        if (reader.ValueTextEquals("logGroupName"u8))
        {
            reader.Read();
            group = reader.GetString();
        }
        else if (reader.ValueTextEquals("logStreamName"u8))
        {
            reader.Read();
            stream = reader.GetString();
        }
        else
        {
            reader.Skip();
        }
    }
}
