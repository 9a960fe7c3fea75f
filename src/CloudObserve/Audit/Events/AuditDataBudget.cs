using System.Text.Json;

namespace CloudObserve.Audit.Events;

/// <summary>Limits the size of an event's data.</summary>
/// <remarks>
/// Data that contains itself would be infinite, and data that contains the same parts repeatedly could exceed any memory.
/// </remarks>
/// <param name="json">The writer of the data.</param>
/// <param name="maxBytes">The largest number of bytes to write.</param>
internal struct AuditDataBudget(Utf8JsonWriter json, long maxBytes)
{
    private readonly long _end = json.BytesCommitted + json.BytesPending + maxBytes;

    /// <summary>Gets whether the data exceeds the limit.</summary>
    /// <remarks>The written part must then be omitted.</remarks>
    internal bool IsExceeded { get; private set; }

    /// <summary>Returns whether a value may be written.</summary>
    /// <param name="writer">The writer of the value.</param>
    /// <param name="length">The smallest number of bytes that the value needs.</param>
    internal bool Allows(Utf8JsonWriter writer, int length)
    {
        IsExceeded |= writer.BytesCommitted + writer.BytesPending + length > _end || writer.CurrentDepth > RecordLimits.MaxDataDepth;
        return !IsExceeded;
    }
}
