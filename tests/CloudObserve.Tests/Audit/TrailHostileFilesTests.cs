using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Verification;
using CloudObserve.Pipeline.Storage;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Storage;

namespace CloudObserve.Tests.Audit;

/// <summary>Tests files in a trail's directory that were made to hang its reader, or to fill memory and disk.</summary>
public sealed class TrailHostileFilesTests : IDisposable
{
    private const long SparseBytes = 3L * 1024 * 1024 * 1024;

    // Only so that a test that hangs ends.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TrailDirectory _directory = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));

    public static TheoryData<string, string> Hostile
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string place in (string[])["log", "digest", "signature", "head", "active", "sealing", "public key", "signing key"])
            {
                foreach (string kind in (string[])["pipe", "link", "sparse", "bomb"])
                {
                    all.Add(place, kind);
                }
            }

            return all;
        }
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Neither_verifying_nor_opening_hangs_or_takes_it_for_what_it_is_not(string place, string kind)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        TrailRun run = new(_directory, _time);
        await run.Trail.RecordAsync(new AuditEvent("A"));
        await run.StopAsync();
        Plant(PathOf(run, place), kind);

        AuditVerification verdict = await Task.Run(() => new AuditTrailVerifier(
            _directory.Layout.Directory, new AuditVerificationOptions { TimeProvider = _time }).VerifyAsync()).WaitAsync(Patience);
        if (place != "signing key")
        {
            Assert.False(verdict is { Intact: AuditAnswer.Yes, Complete: AuditAnswer.Yes }
                && verdict.Remarks.Count == 0, "nothing was noticed");
        }

        await Task.Run(() => OpenAsync()).WaitAsync(Patience);
    }

    [UnixFact]
    public async Task Files_and_directories_are_for_their_owner_alone_and_others_rights_are_told()
    {
        TrailRun first = new(_directory, _time);
        await first.Trail.RecordAsync(new AuditEvent("A"));
        await first.StopAsync();
        Assert.All(
            Directory.EnumerateFileSystemEntries(_directory.Layout.Directory, "*", SearchOption.AllDirectories),
            path => Assert.Equal(UnixFileMode.None, PrivateFiles.OpenToOthers(path)));
        Assert.Empty(first.Observer.Notices);

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_directory.Layout.JournalDirectory, PrivateFiles.DirectoryAccessMode | UnixFileMode.OtherRead);
        }

        TrailRun second = new(_directory, _time);
        _ = second.Signal.Open();
        await second.StopAsync();
        Assert.Contains("journal", Assert.Single(second.Observer.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_decompresses_to_more_than_any_digest_or_sealed_file_is_read_no_further()
    {
        string bomb = Path.Combine(_directory.Layout.Directory, "bomb.json.gz");
        Plant(bomb, "bomb");

        FormatException digest =
            await Assert.ThrowsAsync<FormatException>(() => DigestReader.ReadContentAsync(bomb, isOwn: true, CancellationToken.None));
        InvalidDataException records = Assert.Throws<InvalidDataException>(() => SealedRecords.Read(bomb));

        Assert.Equal("it is larger than any digest", digest.Message);
        Assert.Contains("is larger than 67108864 bytes when it is decompressed", records.Message, StringComparison.Ordinal);
    }

    private static void Plant(string path, string kind)
    {
        File.Delete(path);
        switch (kind)
        {
            case "pipe":
                SpecialFiles.MakePipe(path);
                break;
            case "link":
                _ = File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "sparse":
                SpecialFiles.MakeSparse(path, SparseBytes);
                break;
            default:
                using (FileStream file = File.Create(path))
                using (System.IO.Compression.GZipStream zip = new(file, System.IO.Compression.CompressionLevel.Fastest))
                {
                    byte[] blanks = new byte[1024 * 1024];
                    blanks.AsSpan().Fill((byte)' ');
                    for (int i = 0; i < 256; i++)
                    {
                        zip.Write(blanks);
                    }
                }

                break;
        }
    }

    private string PathOf(TrailRun run, string place) => place switch
    {
        "log" => _directory.Layout.PathOf(run.Logs[0].Key),
        "digest" => _directory.Layout.PathOf(run.Digests[^1].Key),
        "signature" => _directory.Layout.PathOf(run.Digests[^1].Key) + TrailLayout.SignatureSuffix,
        "head" => _directory.Layout.HeadFile,
        "active" => _directory.Layout.ActiveFile,
        "sealing" => _directory.Layout.SealingFile,
        "public key" => _directory.Layout.PublicKeyFile,
        _ => _directory.Layout.SigningKeyFile,
    };

    // It may refuse, which is told, or go on.
    private async Task OpenAsync()
    {
        TrailRun next = new(_directory, _time);
        try
        {
            await next.Trail.RecordAsync(new AuditEvent("B"));
        }
        catch (AuditTrailException exception)
        {
            Assert.Contains(_directory.Layout.Directory, exception.Message, StringComparison.Ordinal);
        }

        await next.StopAsync();
    }
}
