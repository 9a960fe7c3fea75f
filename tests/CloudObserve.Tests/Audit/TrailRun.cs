using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Records;
using CloudObserve.Audit.Sealing;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Audit;

/// <summary>A trail as a host runs it, on a clock that a test moves. Several runs after each other may share a directory.</summary>
internal sealed class TrailRun
{
    internal const string Account = "111122223333";
    internal const string Region = "eu-west-1";

    internal TrailRun(TrailDirectory directory, TimeProvider time, AuditSigner? signer = null, Action<AuditTrailOptions>? configure = null)
    {
        AuditTrailOptions options = new() { AccountId = Account };
        configure?.Invoke(options);
        Directory = directory;
        Observer = new QuietObserver();
        Ledger = new LossLedger("audit", new RecordingEvents());
        AuditParts parts = new(
            options,
            new TrailLocation(
                directory.Layout, Account, Region, options.TrailName, options.Bucket,
                options.KeyPrefix is null ? "" : options.KeyPrefix + "/"),
            new RecordDefaults("shop", Account, Region, "host"),
            directory.Storage,
            signer,
            () => null,
            Ledger,
            Observer,
            time);
        Signal = new AuditSignal(parts);
        Trail = new AuditTrail(parts, Signal);
    }

    internal TrailDirectory Directory { get; }

    internal QuietObserver Observer { get; }

    internal LossLedger Ledger { get; }

    internal AuditSignal Signal { get; }

    internal IAuditTrail Trail { get; }

    internal IReadOnlyList<TrailFile> Logs => [.. Directory.Layout.Files().Where(f => f.Kind == TrailFileKind.Log)];

    internal IReadOnlyList<TrailFile> Digests =>
        [.. Directory.Layout.Files().Where(f => f.Kind == TrailFileKind.Digest).OrderBy(f => f.Time)];

    internal byte[] Content(TrailFile file)
    {
        using FileStream stream = File.OpenRead(Directory.Layout.PathOf(file.Key));
        using GZipStream zip = new(stream, CompressionMode.Decompress);
        using MemoryStream content = new();
        zip.CopyTo(content);
        return content.ToArray();
    }

    internal JsonElement Json(TrailFile file)
    {
        using JsonDocument document = JsonDocument.Parse(Content(file));
        return document.RootElement.Clone();
    }

    internal JsonElement[] Unsealed() => [.. Directory.Lines().Select(l =>
    {
        using JsonDocument document = JsonDocument.Parse(l);
        return document.RootElement.Clone();
    })];

    internal string Signature(TrailFile digest) => File.ReadAllText(Directory.Layout.PathOf(digest.Key) + TrailLayout.SignatureSuffix);

    internal IEnumerable<JsonElement> SealedRecords() => Logs.SelectMany(f => Json(f).GetProperty("Records").EnumerateArray());

    /// <summary>Asserts that the signature of a digest covers its content and the signature of the digest before it.</summary>
    internal void AssertSigned(TrailFile digest, string? previous)
    {
        JsonElement content = Json(digest);
        string Text(string name) => content.GetProperty(name).GetString()!;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Content(digest)));
        string signed = $"{Text("digestEndTime")}\n{Text("digestS3Bucket")}/{Text("digestS3Object")}\n{hash}\n{previous ?? "null"}";
        using RSA key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(Directory.Layout.PublicKeyFile));
        Assert.True(key.VerifyData(
            Encoding.UTF8.GetBytes(signed), Convert.FromHexString(Signature(digest)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    internal Task StopAsync() => Signal.CloseAsync(CancellationToken.None);

    internal static string Name(JsonElement record) => record.GetProperty("eventName").GetString()!;
}
