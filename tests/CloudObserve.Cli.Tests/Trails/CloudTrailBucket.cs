using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CloudObserve.Cli.Tests.Trails;

/// <summary>
/// A bucket as CloudTrail fills it, copied to a directory: files compressed by Java, signatures in the objects' metadata only, digests for
/// late files beside the others.
/// </summary>
internal sealed class CloudTrailBucket : IDisposable
{
    /// <summary>The name of the bucket.</summary>
    internal const string Name = "trail-bucket";

    private const string Account = "111122223333";
    private const string Region = "eu-west-1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");
    private readonly RSA _key = RSA.Create(2048);
    private readonly Dictionary<bool, (string Key, string Hash, string Signature)> _newest = [];
    private readonly Dictionary<string, string> _signatures = [];
    private readonly List<(string Key, string Hash)> _files = [];
    private int _records;

    internal string Root => _folder.FullName;

    internal string KeysFile => Path.Combine(Root, "keys.json");

    /// <summary>Gets the keys of all digests.</summary>
    internal IEnumerable<string> Digests => _signatures.Keys;

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _key.Dispose();
    }

    /// <summary>Delivers a file with one record.</summary>
    internal string Deliver(DateTimeOffset time)
    {
        _records++;
        string key = string.Create(
            CultureInfo.InvariantCulture,
            $"AWSLogs/{Account}/CloudTrail/{Region}/{time:yyyy'/'MM'/'dd}/{Account}_CloudTrail_{Region}_{time:yyyyMMdd'T'HHmm'Z'}_{_records:D16}.json.gz");
        byte[] content = Encoding.UTF8.GetBytes(
            $$"""{"Records":[{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","userName":"ann"},"eventTime":"{{time:yyyy-MM-dd'T'HH:mm:ss'Z'}}","eventSource":"s3.amazonaws.com","eventName":"PutObject","eventID":"{{_records}}"}]}""");
        Write(key, Compress(content));
        _files.Add((key, Hash(content)));
        return key;
    }

    /// <summary>
    /// Writes a digest of what was delivered since the last one, and keeps its signature where only the object's metadata has it.
    /// </summary>
    internal string Digest(DateTimeOffset start, DateTimeOffset end, bool isBackfill = false)
    {
        string key = string.Create(
            CultureInfo.InvariantCulture,
            $"AWSLogs/{Account}/CloudTrail-Digest/{Region}/{end:yyyy'/'MM'/'dd}/{Account}_CloudTrail-Digest_{Region}_main_{Region}_{end:yyyyMMdd'T'HHmmss'Z'}{(isBackfill ? "_backfill" : "")}.json.gz");
        (string Key, string Hash, string Signature)? previous = _newest.TryGetValue(isBackfill, out (string, string, string) found)
            ? found : null;
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(new
        {
            awsAccountId = Account,
            digestStartTime = Time(start),
            digestEndTime = Time(end),
            digestS3Bucket = Name,
            digestS3Object = key,
            digestPublicKeyFingerprint = Fingerprint(),
            digestSignatureAlgorithm = "SHA256withRSA",
            newestEventTime = (string?)null,
            oldestEventTime = (string?)null,
            previousDigestS3Bucket = previous is null ? null : Name,
            previousDigestS3Object = previous?.Key,
            previousDigestHashValue = previous?.Hash,
            previousDigestHashAlgorithm = previous is null ? null : "SHA-256",
            previousDigestSignature = previous?.Signature,
            logFiles = _files.Select(
                static file => new { s3Bucket = Name, s3Object = file.Key, hashValue = file.Hash, hashAlgorithm = "SHA-256" }).ToArray(),
        });
        string signed = $"{Time(end)}\n{Name}/{key}\n{Hash(content)}\n{previous?.Signature ?? "null"}";
        string signature =
            Convert.ToHexStringLower(_key.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        _newest[isBackfill] = (key, Hash(content), signature);
        _signatures[key] = signature;
        _files.Clear();
        Write(key, Compress(content));
        return key;
    }

    /// <summary>Saves what <c>aws s3api head-object</c> prints of the newest digest.</summary>
    internal void SaveMetadata(bool isBackfill = false) =>
        Write(_newest[isBackfill].Key + ".head.json", Encoding.UTF8.GetBytes(MetadataOf(_newest[isBackfill].Key)));

    /// <summary>Returns what <c>aws s3api head-object</c> prints of a digest.</summary>
    internal string MetadataOf(string digest) =>
        $$"""
        {
            "AcceptRanges": "bytes",
            "LastModified": "2026-11-20T09:10:00+00:00",
            "ContentLength": 700,
            "ETag": "\"0123\"",
            "ContentType": "application/json",
            "ContentEncoding": "gzip",
            "Metadata": { "signature": "{{_signatures[digest]}}", "signature-algorithm": "SHA256withRSA" }
        }

        """;

    /// <summary>Saves only the signature, with the line feed that a shell puts behind it.</summary>
    internal void SaveSignature() => Write(_newest[false].Key + ".sig", Encoding.ASCII.GetBytes(_newest[false].Signature + "\n"));

    /// <summary>Saves what <c>aws cloudtrail list-public-keys</c> prints.</summary>
    internal void SaveKeys() => File.WriteAllText(
        KeysFile,
        $$"""{"PublicKeyList":[{"Value":"{{Convert.ToBase64String(_key.ExportRSAPublicKey())}}","ValidityStartTime":"2026-11-01T00:00:00+00:00","ValidityEndTime":"2026-12-01T00:00:00+00:00","Fingerprint":"{{Fingerprint()}}"}]}""");

    internal void Append(string key, ReadOnlySpan<byte> bytes)
    {
        using FileStream file = new(Path.Combine(Root, key), FileMode.Append);
        file.Write(bytes);
    }

    internal byte[] Read(string key) => File.ReadAllBytes(Path.Combine(Root, key));

    internal void Write(string key, byte[] content)
    {
        string path = Path.Combine(Root, key);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    internal static byte[] Decompress(byte[] file)
    {
        using GZipStream content = new(new MemoryStream(file), CompressionMode.Decompress);
        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    // Java's writer leaves the header's time, flags and system zero.
    private static byte[] Compress(byte[] content)
    {
        using MemoryStream compressed = new();
        using (GZipStream stream = new(compressed, CompressionLevel.Optimal))
        {
            stream.Write(content);
        }

        byte[] file = compressed.ToArray();
        (file[8], file[9]) = (0, 0);
        return file;
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "CloudTrail's fingerprint is an MD5.")]
    private string Fingerprint() => Convert.ToHexStringLower(MD5.HashData(_key.ExportRSAPublicKey()));
}
