using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Storage;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Shipping;

/// <summary>Stores on disk the number of the last record that was shipped to a log group.</summary>
/// <param name="storage">The file system.</param>
/// <param name="layout">The paths of the trail.</param>
/// <param name="destination">The log group. A position for another group is ignored.</param>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class RecordPosition(IAuditStorage storage, TrailLayout layout, string destination)
{
    // In bytes; the file has one line.
    private const int MaxBytes = 64 * 1024;

    private const string Destination = "destination";
    private const string Sequence = "sequence";

    /// <summary>Reads the position.</summary>
    /// <returns>Zero if there is no readable position. Then everything is shipped again.</returns>
    internal long Read()
    {
        try
        {
            FinishedFile.Rename(storage, layout.FormerShippedRecordsFile, layout.ShippedRecordsFile);
            if (storage.LengthOf(layout.ShippedRecordsFile) is null)
            {
                return 0;
            }

            using JsonDocument state = JsonDocument.Parse(PrivateFiles.ReadAllBytes(layout.ShippedRecordsFile, MaxBytes));
            return state.RootElement.GetProperty(Destination).GetString() == destination
                ? state.RootElement.GetProperty(Sequence).GetInt64() : 0;
        }
        catch (Exception exception)
            when (StorageFault.Is(exception)
                || exception is InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException
                or FormatException)
        {
            return 0;
        }
    }

    /// <exception cref="IOException">The position could not be written.</exception>
    internal void Write(long sequence) => FinishedFile.Write(storage, layout.ShippedRecordsFile, stream =>
    {
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        json.WriteString(Destination, destination);
        json.WriteNumber(Sequence, sequence);
        json.WriteEndObject();
    });
}
