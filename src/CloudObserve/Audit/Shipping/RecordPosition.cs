using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Storage;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Shipping;

/// <summary>Remembers on the disk up to which record a log group has the trail.</summary>
/// <param name="storage">The file system.</param>
/// <param name="layout">Where everything lies.</param>
/// <param name="destination">The group. A position in another one means nothing for this one.</param>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class RecordPosition(IAuditStorage storage, TrailLayout layout, string destination)
{
    // One line.
    private const int MaxBytes = 64 * 1024;

    private const string Destination = "destination";
    private const string Sequence = "sequence";

    /// <summary>Reads the position.</summary>
    /// <returns>Zero when there is none that can be read: then everything is shipped again.</returns>
    internal long Read()
    {
        try
        {
            if (storage.LengthOf(layout.ShippingFile) is null)
            {
                return 0;
            }

            using JsonDocument state = JsonDocument.Parse(PrivateFiles.ReadAllBytes(layout.ShippingFile, MaxBytes));
            return state.RootElement.GetProperty(Destination).GetString() == destination ? state.RootElement.GetProperty(Sequence).GetInt64() : 0;
        }
        catch (Exception unreadable) when (StorageFault.Is(unreadable) || unreadable is InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return 0;
        }
    }

    /// <exception cref="IOException">It could not be written.</exception>
    internal void Write(long sequence) => FinishedFile.Write(storage, layout.ShippingFile, stream =>
    {
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        json.WriteString(Destination, destination);
        json.WriteNumber(Sequence, sequence);
        json.WriteEndObject();
    });
}
