using System.IO.Compression;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Reads sealed files, and checks their hashes against the digests and their records along the chain.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LogFileCheck(
    Findings findings, Dictionary<long, RecordHash?> hashesToFind, NamedDigests digests, TrailStatements statements)
{
    // The size of {"Records":[ and ]} in bytes.
    private const int FrameLength = 14;

    /// <summary>Checks a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expected">The hash according to a digest; <see langword="null"/> if no digest lists the file.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>The content of the file; <see langword="null"/> if it cannot be read.</returns>
    internal async Task<LogFileResult?> CheckAsync(TrailPath file, string? expected, CancellationToken cancellationToken)
    {
        try
        {
            FileStream compressed = TrailDirectory.Open(file.Path);
            await using (compressed.ConfigureAwait(false))
            {
                return await CheckAsync(file, compressed, expected, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Add(AuditFindingKind.Unverifiable, AuditFindingSubject.LogFile, file.Key, $"It cannot be read: {exception.Message}");
            return null;
        }
    }

    private static string Describe(RecordFault fault) => fault switch
    {
        RecordFault.NotCompressed => "its compressed content is damaged",
        RecordFault.NotJson => "what stands here is not a record",
        RecordFault.TooLong => "what stands here is longer than any record",
        RecordFault.TooLarge => "it is larger than any file of records",
        RecordFault.Torn => "it ends within a record, or before its end",
        RecordFault.NoRecords => "it holds no records",
        _ => "it is as it should be",
    };

    private async Task<LogFileResult> CheckAsync(
        TrailPath file, FileStream compressed, string? expected, CancellationToken cancellationToken)
    {
        using ContentHash hash = new();
        using LogFileReader reader = new(new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true), hash);
        RecordChain chain = new(file.Key, findings, hashesToFind, digests, statements);
        (RecordFault Fault, long Offset) fault = default;
        long length = FrameLength;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (reader.Fault == RecordFault.None)
            {
                length += reader.Record.Length + (reader.Number > 1 ? 1 : 0);
                chain.Add(reader.Record, reader.Offset);
            }
            else
            {
                fault = (reader.Fault, reader.Offset);
            }
        }

        bool isWhole = await reader.DrainAsync(cancellationToken).ConfigureAwait(false);
        bool isOwn = chain.Stamped > 0;
        bool isPlain = (!isOwn || length == reader.Length) && GzipEnvelope.IsPlain(compressed, hash, isOwn);
        Judge(file, expected, isWhole ? hash.Sha256() : null, fault, isPlain);
        chain.Close();
        return new LogFileResult(file, chain.Span, chain.Stamped + chain.Unstamped, expected is not null);
    }

    private void Judge(TrailPath file, string? expected, string? actual, (RecordFault Fault, long Offset) fault, bool isPlain)
    {
        if (fault.Fault != RecordFault.None)
        {
            AuditFindingKind kind = expected == actual && actual is not null ? AuditFindingKind.Unverifiable : AuditFindingKind.Changed;
            findings.Add(kind, AuditFindingSubject.LogFile, file.Key, $"It cannot be read to its end: {Describe(fault.Fault)}.", null,
                fault.Offset);
        }

        if (expected is not null && expected != actual)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.LogFile, file.Key,
                $"Its content does not have the hash that a digest says it has.");
        }
        else if (!isPlain && fault.Fault == RecordFault.None)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.LogFile, file.Key,
                $"It is not as it was written: something was put around or between its records, such as bytes behind the compressed content, or its end was cut.");
        }
    }
}
