using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CloudObserve.Tests.Audit.Trails;

/// <summary>
/// A trail as decision 0004 describes it, written in the most obvious way and without any of the package's code: what reads trails is
/// tested against the decision, and what writes them against a second opinion.
/// </summary>
internal sealed class TestTrail : IDisposable
{
    internal const string Account = "123456789012";
    internal const string Region = "eu-west-1";
    internal const string Name = "shop";

    // One key for all tests: making one takes longer than most of them.
    internal static readonly RSA Key = RSA.Create(2048);

    private static readonly string Zeros = new('0', 64);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-trail-");
    private readonly List<(string Key, byte[] Content, string[] Times)> _undigested = [];
    private readonly bool _isFormer;
    private readonly string _id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private int _files;
    private string? _previousDigest;
    private string? _previousDigestHash;
    private string? _previousSignature;
    private DateTimeOffset _digestedUntil;

    /// <param name="isFormer">Whether it is one of an earlier version, whose head had another name and said nothing of the trail.</param>
    internal TestTrail(bool isFormer = false)
    {
        _isFormer = isFormer;
        _digestedUntil = Now;
        Directory.CreateDirectory(Path.Combine(Root, "journal"));
        File.WriteAllText(Path.Combine(Root, "public-key.pem"), Key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(Path.Combine(Root, "trail.lock"), "");
        if (!isFormer)
        {
            File.WriteAllText(Path.Combine(Root, "trail.id"), _id + "\n");
        }
    }

    internal string Root => _folder.FullName;

    internal string Active => Path.Combine(Root, "journal", "active.jsonl");

    internal string Head => Path.Combine(Root, "journal", _isFormer ? "head.json" : "journal.head");

    internal string PreviousHash { get; private set; } = Zeros;

    internal long Sequence { get; private set; }

    internal DateTimeOffset Now { get; set; } = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    internal IEnumerable<string> LogFiles => Files("CloudTrail");

    internal IEnumerable<string> Digests => Files("CloudTrail-Digest").Where(f => f.EndsWith(".gz", StringComparison.Ordinal));

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A trail with every kind of file in it: two digested hours, an undigested file, and a journal.</summary>
    internal static TestTrail WithEverything(int perFile = 3, bool isFormer = false)
    {
        TestTrail trail = new(isFormer);
        for (int file = 0; file < 4; file++)
        {
            trail.RecordMany(perFile);
            trail.Seal();
            if (file % 2 == 1)
            {
                trail.Digest();
            }
        }

        trail.RecordMany(perFile);
        trail.Seal();
        trail.RecordMany(perFile);
        return trail;
    }

    internal void RecordMany(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Record($"Event{Sequence % 3}", $"user{Sequence % 4}");
        }
    }

    internal string Record(
        string eventName, string userName = "ann", string source = "shop", bool readOnly = false, string resource =
            "product/1", string? id = null)
    {
        Now += TimeSpan.FromSeconds(40);
        string line = Line(
            eventName, userName, source, readOnly, resource, id
                ?? new Guid((int)Sequence + 1, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]).ToString(), Now, Sequence + 1, PreviousHash);
        Append(line);
        return line;
    }

    internal void Append(string line)
    {
        File.AppendAllText(Active, line + "\n");
        Sequence++;
        PreviousHash = Hash(Encoding.UTF8.GetBytes(line));
        WriteHead(Sequence, PreviousHash);
    }

    internal void WriteHead(long sequence, string hash)
    {
        string identity = $"""
            ,"trail":"{_id}","place":"{Hash(Encoding.UTF8.GetBytes(Root))[..16]}"
            """;
        string members = $$"""{"sequence":{{sequence}},"hash":"{{hash}}"{{(_isFormer ? "" : identity)}}""";
        string check = _isFormer ? "" : $",\"check\":\"{Hash(Encoding.ASCII.GetBytes(members))[..8]}\"";
        File.WriteAllText(Head, $"{members}{check}}}".PadRight(_isFormer ? 127 : 511) + "\n");
    }

    /// <summary>Loses records: they count as acknowledged, but are nowhere.</summary>
    internal void Lose(int count)
    {
        Sequence += count;
        PreviousHash = Hash([(byte)Sequence]);
        WriteHead(Sequence, PreviousHash);
    }

    internal string Seal(bool keepJournal = false)
    {
        string[] lines = File.ReadAllLines(Active);
        byte[] content = Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', lines)}}]}""");
        string key = LogKey();
        Write(key, content);
        _undigested.Add((key, content, [.. lines.Select(TimeOf)]));
        if (!keepJournal)
        {
            File.Delete(Active);
        }

        return key;
    }

    /// <summary>Writes a file as CloudTrail does: laid out on several lines, and without a chain.</summary>
    internal string WritePlain(int records)
    {
        Now += TimeSpan.FromMinutes(1);
        string[] lines = [
            .. Enumerable.Range(0, records)
                .Select(i => $"{{\n \"eventVersion\": \"1.08\", \"eventTime\": \"{Time(Now)}\", \"eventName\": \"Run{i}\", \"eventSource\": \"ec2.amazonaws.com\" }}")];
        byte[] content = Encoding.UTF8.GetBytes($$"""{"Records": [{{string.Join(", ", lines)}}] }""");
        string key = LogKey();
        Write(key, content);
        _undigested.Add((key, content, [.. lines.Select(TimeOf)]));
        return key;
    }

    internal string Digest(Func<string, string>? change = null)
    {
        Now += TimeSpan.FromMinutes(1);
        string key = $"AWSLogs/{Account}/CloudTrail-Digest/{Region}/{Now:yyyy'/'MM'/'dd}/{Account}_CloudTrail-Digest_{Region}_{Name}_{Region}_{Now:yyyyMMdd'T'HHmmss'Z'}.json.gz";
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(new
        {
            awsAccountId = Account,
            digestStartTime = Time(_digestedUntil),
            digestEndTime = Time(Now),
            digestS3Bucket = "local",
            digestS3Object = key,
            digestPublicKeyFingerprint = Fingerprint(),
            digestSignatureAlgorithm = "SHA256withRSA",
            newestEventTime = _undigested.SelectMany(f => f.Times).Max(),
            oldestEventTime = _undigested.SelectMany(f => f.Times).Min(),
            previousDigestS3Bucket = _previousDigest is null ? null : "local",
            previousDigestS3Object = _previousDigest,
            previousDigestHashValue = _previousDigestHash,
            previousDigestHashAlgorithm = _previousDigest is null ? null : "SHA-256",
            previousDigestSignature = _previousSignature,
            logFiles = _undigested.Select(f => new
            {
                s3Bucket = "local",
                s3Object = f.Key,
                hashValue = Hash(f.Content),
                hashAlgorithm = "SHA-256",
                newestEventTime = f.Times.Max(),
                oldestEventTime = f.Times.Min(),
            }).ToArray(),
        });
        content = change is null ? content : Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(content)));
        Write(key, content);
        string toSign = $"{Time(Now)}\nlocal/{key}\n{Hash(content)}\n{_previousSignature ?? "null"}";
        string signature =
            Convert.ToHexStringLower(Key.SignData(Encoding.UTF8.GetBytes(toSign), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        File.WriteAllText(Path.Combine(Root, key + ".sig"), signature);
        (_previousDigest, _previousDigestHash, _previousSignature, _digestedUntil) = (key, Hash(content), signature, Now);
        _undigested.Clear();
        return key;
    }

    internal void Write(string key, byte[] content)
    {
        string path = Path.Combine(Root, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Compress(content));
    }

    internal static byte[] Compress(byte[] content)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    internal static byte[] Decompress(byte[] compressed)
    {
        using GZipStream gzip = new(new MemoryStream(compressed), CompressionMode.Decompress);
        using MemoryStream content = new();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    internal static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    internal static string Line(
        string eventName, string userName, string source, bool readOnly, string resource, string id, DateTimeOffset time, long sequence,
        string previousHash) =>
        $$$"""{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","principalId":"P{{{userName}}}","arn":"arn:aws:iam::{{{Account}}}:user/{{{userName}}}","userName":{{{JsonSerializer.Serialize(userName)}}},"accessKeyId":"AK{{{userName}}}"},"eventTime":"{{{Time(time)}}}","eventSource":"{{{source}}}","eventName":{{{JsonSerializer.Serialize(eventName)}}},"awsRegion":"{{{Region}}}","sourceIPAddress":"203.0.113.7","requestParameters":null,"responseElements":null,"requestID":"r{{{sequence}}}","eventID":"{{{id}}}","readOnly":{{{(readOnly ? "true" : "false")}}},"resources":[{"ARN":"{{{resource}}}","type":"Shop::Product"}],"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"{{{Account}}}","eventCategory":"Management","additionalEventData":{"trail":{"sequence":{{{sequence}}},"previousHash":"{{{previousHash}}}"},"note":"n"}}""";

    private string LogKey()
    {
        string unique = (_files++ * 7919 % 1000).ToString("D16", CultureInfo.InvariantCulture);
        return $"AWSLogs/{Account}/CloudTrail/{Region}/{Now:yyyy'/'MM'/'dd}/{Account}_CloudTrail_{Region}_{Now:yyyyMMdd'T'HHmm'Z'}_{unique}.json.gz";
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string TimeOf(string line) => JsonDocument.Parse(line).RootElement.GetProperty("eventTime").GetString()!;

    [SuppressMessage("Security", "CA5351", Justification = "CloudTrail's fingerprint is an MD5.")]
    private static string Fingerprint() => Convert.ToHexStringLower(MD5.HashData(Key.ExportRSAPublicKey()));

    private IEnumerable<string> Files(string area)
    {
        string folder = Path.Combine(Root, "AWSLogs", Account, area);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)
            : [];
    }
}
