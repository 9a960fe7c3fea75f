using System.IO.Compression;
using System.Text;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Reads digests and their signatures.</summary>
/// <remarks>Both are small; a larger file is not accepted.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
/// <param name="survey">The files of the directory.</param>
/// <param name="isOwn">Whether this is the directory of a trail that the library writes, and not a copy of a bucket.</param>
/// <param name="findings">Receives findings about unreadable files.</param>
internal sealed class DigestReader(TrailSurvey survey, bool isOwn, Findings findings)
{
    // In bytes. A digest has about 300 bytes per file, so this is enough for more than 100,000 files in an hour.
    private const int MaxDigestBytes = 32 * 1024 * 1024;

    // The number of hexadecimal digits for a key of 16,384 bits.
    private const int MaxSignatureLength = 4096;

    /// <summary>Reads one digest.</summary>
    /// <returns>The digest; <see langword="null"/> if it is invalid, which has been reported.</returns>
    internal async Task<SignedDigest?> ReadAsync(TrailPath file, CancellationToken cancellationToken)
    {
        try
        {
            (byte[] content, bool isPlain) = await ReadContentAsync(file.Path, isOwn, cancellationToken).ConfigureAwait(false);
            TrailDigest digest = TrailDigest.Parse(content);
            string? signature = ReadSignatureOf(file.Key);
            if (!isPlain)
            {
                findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Digest, file.Key,
                    $"The compressed file is not as it was written: something was put around its content, such as bytes behind it, or its end was cut.");
            }

            return new SignedDigest(file, digest, signature);
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Digest, file.Key,
                $"It cannot be read as a digest: {exception.Message}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Add(AuditFindingKind.Unverifiable, AuditFindingSubject.Digest, file.Key, $"It cannot be read: {exception.Message}");
        }

        return null;
    }

    /// <summary>Reads the content of a digest.</summary>
    /// <exception cref="FormatException">The file is larger than the limit of a digest.</exception>
    internal static async Task<(byte[] Content, bool IsPlain)> ReadContentAsync(
        string path, bool isOwn, CancellationToken cancellationToken)
    {
        FileStream file = TrailDirectory.Open(path);
        await using (file.ConfigureAwait(false))
        {
            GZipStream content = new(file, CompressionMode.Decompress, leaveOpen: true);
            await using (content.ConfigureAwait(false))
            {
                using ContentHash hash = new();
                using MemoryStream bytes = new();
                byte[] block = new byte[16 * 1024];
                for (int count; (count = await content.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0;)
                {
                    bytes.Write(block, 0, count);
                    hash.Append(block.AsSpan(0, count));
                    if (bytes.Length > MaxDigestBytes)
                    {
                        throw new FormatException("it is larger than any digest");
                    }
                }

                return (bytes.ToArray(), GzipEnvelope.IsPlain(file, hash, isOwn));
            }
        }
    }

    /// <summary>Reads a signature.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    internal static string? ReadSignature(string path)
    {
        if (!TrailDirectory.TryOpen(path, out FileStream? file))
        {
            return null;
        }

        using (file)
        {
            byte[] text = new byte[Math.Min(file.Length, MaxSignatureLength + 1)];
            file.ReadExactly(text);
            return Encoding.Latin1.GetString(text);
        }
    }

    // The signature is looked up again, because the digest may have been listed a moment before its signature was written.
    private string? ReadSignatureOf(string key)
    {
        string? signature = ReadSignature(survey.Signatures.GetValueOrDefault(key) ?? survey.Files[key].Path + TrailLayout.SignatureSuffix);

        // A signature that was saved manually from a bucket may end with a line feed, or be part of the AWS CLI's output.
        return isOwn ? signature
            : signature?.TrimEnd()
            ?? (survey.Metadata.TryGetValue(key, out string? path) ? ObjectMetadata.ReadSignature(path) : null);
    }
}
