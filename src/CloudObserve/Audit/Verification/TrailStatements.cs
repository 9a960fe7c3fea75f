using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Collects the statements of the trail's own records about its digests and its key, and evaluates them at the end.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class TrailStatements
{
    // There is one such record a day, or one per start. A trail with more of them was made to fill the memory.
    private const int MaxKept = 10_000;

    // By record number, because a record may exist both in the journal and in a sealed file.
    private readonly SortedDictionary<long, (string Name, string Place, bool IsCopy)> _told = [];

    /// <summary>
    /// Gets the end of the newest digest that retention has removed, according to the trail; <see langword="null"/> if there is no
    /// statement.
    /// </summary>
    internal DateTimeOffset? RemovedUntil { get; private set; }

    /// <summary>Gets whether the trail reports that digests were missing at a start.</summary>
    internal bool TellsOfMissingDigests => _told.Values.Any(static told => told.Name == OwnEvents.DigestsMissing);

    internal void Add(ReadOnlySpan<byte> record, string place, long sequence)
    {
        if (OwnRecord.NameOf(
            record) is not (OwnEvents.DigestsMissing or OwnEvents.KeyChanged or OwnEvents.FilesRemoved or OwnEvents.HeadForeign)
            || _told.Count == MaxKept)
        {
            return;
        }

        string name = OwnRecord.NameOf(record)!;
        _told[sequence] = (name, place, name == OwnEvents.HeadForeign && IsCopy(record));
        if (name == OwnEvents.FilesRemoved && NewestRemoved(record) is { } removed && !(removed <= RemovedUntil))
        {
            RemovedUntil = removed;
        }
    }

    /// <summary>Reports the statements.</summary>
    /// <param name="findings">Receives findings.</param>
    /// <param name="isKept">Whether the trail is verified against a key or a digest that was stored elsewhere.</param>
    internal void Report(Findings findings, bool isKept)
    {
        foreach ((long sequence, (string name, string place, bool isCopy)) in _told)
        {
            if (name == OwnEvents.KeyChanged)
            {
                findings.Remark($"Record {sequence} in {place} says that the key that signs was changed. Digests before it were signed with another key.");
            }
            else if (name == OwnEvents.HeadForeign && isCopy)
            {
                findings.Remark($"Record {sequence} in {place} says that the head of another trail was found when the trail was opened, and moved away.");
            }
            else if (name == OwnEvents.HeadForeign)
            {
                findings.Add(
                    AuditFindingKind.Missing,
                    AuditFindingSubject.Record,
                    place,
                    $"Record {sequence} says that only the head of a trail was found when the trail was opened: the head alone was copied here, or the rest of the trail was deleted.",
                    sequence);
            }
            else if (name == OwnEvents.DigestsMissing && isKept)
            {
                findings.Add(
                    AuditFindingKind.Missing,
                    AuditFindingSubject.Digest,
                    place,
                    $"Record {sequence} says that digests were missing when the trail was opened. What was recorded before it may have been rewritten.",
                    sequence);
            }
            else if (name == OwnEvents.DigestsMissing)
            {
                findings.Remark($"Record {sequence} in {place} says that digests were missing when the trail was opened. What was recorded before it may have been rewritten.");
            }
        }
    }

    private static DateTimeOffset? NewestRemoved(ReadOnlySpan<byte> record) =>
        Member(record, "newestDigest") is { ValueKind: JsonValueKind.String } key
        && TrailPath.TryParse(key.GetString()!, string.Empty, out TrailPath? path)
            ? path.Time
            : null;

    private static bool IsCopy(ReadOnlySpan<byte> record) => Member(record, OwnEvents.IsCopy) is { ValueKind: JsonValueKind.True };

    private static JsonElement? Member(ReadOnlySpan<byte> record, string name)
    {
        try
        {
            Utf8JsonReader json = new(record);
            using JsonDocument document = JsonDocument.ParseValue(ref json);
            return document.RootElement.GetProperty(RecordNames.AdditionalEventData).GetProperty(name).Clone();
        }
        catch (Exception notOurs) when (notOurs is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
