using System.Text.Json;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>A log stream in its group.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Stream">The stream's name.</param>
internal readonly record struct LogDestination(string Group, string Stream)
{
    /// <summary>Reads from the body of <c>PutLogEvents</c> where it goes.</summary>
    /// <param name="body">The body. Its names come before its events, so little of it is looked at.</param>
    /// <returns><see langword="null"/> when it does not say.</returns>
    /// <remarks>
    /// The body itself is the carrier, so the names that are created are those the service read and missed; a batch that comes back from disk
    /// needs nothing besides its bytes; and what is read costs only the rare batch that finds no stream.
    /// </remarks>
    internal static LogDestination? Of(ReadOnlySpan<byte> body)
    {
        (string? group, string? stream) = Read(body, needsStream: true);
        return group is null || stream is null ? null : new LogDestination(group, stream);
    }

    /// <summary>Reads from the body of any operation which log group it is about.</summary>
    /// <returns><see langword="null"/> when it does not say.</returns>
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
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Not the JSON it should be, or a name that is not a text: nothing can be created for it, and the service's own answer stands.
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
