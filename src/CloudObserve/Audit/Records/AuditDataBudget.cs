using System.Text.Json;

namespace CloudObserve.Audit.Records;

/// <summary>
/// Bounds what is written of an event's data. Data that holds itself would have no end, and data that holds the same several times over has one that no memory
/// reaches.
/// </summary>
/// <param name="json">Where the data is written to.</param>
/// <param name="maxBytes">The most bytes that are worth writing.</param>
internal struct AuditDataBudget(Utf8JsonWriter json, long maxBytes)
{
    private readonly long _end = json.BytesCommitted + json.BytesPending + maxBytes;

    /// <summary>Gets whether the data has more than is worth writing. What has been written of it is to be left out.</summary>
    internal bool IsExceeded { get; private set; }

    /// <summary>Tells whether a value may be written.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="length">How many bytes it takes at least.</param>
    internal bool Allows(Utf8JsonWriter writer, int length)
    {
        IsExceeded |= writer.BytesCommitted + writer.BytesPending + length > _end || writer.CurrentDepth > RecordLimits.MaxDataDepth;
        return !IsExceeded;
    }
}
