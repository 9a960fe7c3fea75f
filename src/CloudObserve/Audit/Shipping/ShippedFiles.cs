using System.Globalization;
using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Storage;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Shipping;

/// <summary>Stores on disk which files have been shipped: all files up to the last digest, and later files by their keys.</summary>
/// <remarks>Nothing is sealed or signed with a time before the last digest's, so the keys cover one digest interval only.</remarks>
/// <param name="storage">The file system.</param>
/// <param name="layout">The paths of the trail.</param>
/// <param name="destination">The destination. Files shipped to another destination are ignored.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ShippedFiles(IAuditStorage storage, TrailLayout layout, string destination)
{
    // About 150 bytes per file, so this is enough for more than 100,000 files that no digest covers yet.
    private const int MaxBytes = 16 * 1024 * 1024;

    private readonly Lock _lock = new();

    // Guarded by the lock.
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private DateTimeOffset _before = DateTimeOffset.MinValue;

    /// <summary>Reads the files that an earlier process shipped.</summary>
    /// <remarks>If the list cannot be read, files are shipped again, which does no harm.</remarks>
    internal void Read()
    {
        try
        {
            FinishedFile.Rename(storage, layout.FormerShippedFilesFile, layout.ShippedFilesFile);
            if (storage.LengthOf(layout.ShippedFilesFile) is null)
            {
                return;
            }

            using JsonDocument state = JsonDocument.Parse(PrivateFiles.ReadAllBytes(layout.ShippedFilesFile, MaxBytes));
            if (state.RootElement.GetProperty("destination").GetString() == destination)
            {
                Take(state.RootElement);
            }
        }
        catch (Exception exception)
            when (StorageFault.Is(exception)
                || exception is InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException
                or FormatException)
        {
            Forget();
        }
    }

    internal bool Contains(TrailFile file)
    {
        lock (_lock)
        {
            return file.Time < _before || _keys.Contains(file.Key);
        }
    }

    /// <summary>Adds a file and writes the list to disk.</summary>
    /// <exception cref="IOException">The list could not be written. This process remembers the file anyway.</exception>
    internal void Add(TrailFile file)
    {
        lock (_lock)
        {
            _ = _keys.Add(file.Key);
            if (file.Kind == TrailFileKind.Digest)
            {
                // The names of sealed files have whole minutes.
                _before = new DateTimeOffset(file.Time.UtcTicks - (file.Time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
                _ = _keys.RemoveWhere(key => TrailLayout.TryParse(key, out TrailFile? old) && old.Time < _before);
            }

            Write();
        }
    }

    private void Take(JsonElement state)
    {
        lock (_lock)
        {
            _before = state.GetProperty("before").GetDateTimeOffset();
            _keys.UnionWith(state.GetProperty("keys").EnumerateArray().Select(static key => key.GetString()!));
        }
    }

    private void Forget()
    {
        lock (_lock)
        {
            _before = DateTimeOffset.MinValue;
            _keys.Clear();
        }
    }

    private void Write() => FinishedFile.Write(storage, layout.ShippedFilesFile, stream =>
    {
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        json.WriteString("destination", destination);
        json.WriteString("before", _before.ToString(RecordNames.TimeFormat, CultureInfo.InvariantCulture));
        json.WriteStartArray("keys");
        foreach (string key in _keys)
        {
            json.WriteStringValue(key);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
