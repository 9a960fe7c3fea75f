using System.Security.Cryptography;
using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Sealing;
using CloudObserve.Testing;

namespace CloudObserve.Tests.Audit.Sealing;

public sealed class SigningKeyTests : IDisposable
{
    private readonly TrailDirectory _directory = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_key_made_here_belongs_to_its_owner_alone_and_stays_the_same()
    {
        TrailRun first = new(_directory, _time);
        _ = first.Signal.Open();
        await first.StopAsync();
        string key = File.ReadAllText(_directory.Layout.SigningKeyFile);
        TrailRun second = new(_directory, _time);
        _ = second.Signal.Open();
        await second.StopAsync();

        Assert.Equal(key, File.ReadAllText(_directory.Layout.SigningKeyFile));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.Layout.SigningKeyFile));
        }
    }

    [Fact]
    public async Task A_key_of_the_hosts_own_and_a_signer_leave_no_private_key_here()
    {
        using RSA key = RSA.Create(2048);
        string path = Path.Combine(_directory.Layout.Directory, "host.pem");
        File.WriteAllText(path, key.ExportRSAPrivateKeyPem());
        TrailRun withFile = new(_directory, _time, configure: o => o.SigningKeyPath = path);
        _ = withFile.Signal.Open();
        await withFile.StopAsync();
        using RsaAuditSigner signer = new(RSA.Create(3072));
        TrailRun withSigner = new(_directory, _time, signer);
        _ = withSigner.Signal.Open();
        await withSigner.StopAsync();

        Assert.False(File.Exists(_directory.Layout.SigningKeyFile));
        Assert.Equal(3, withSigner.Digests.Count);
        withSigner.AssertSigned(withSigner.Digests[2], withSigner.Signature(withSigner.Digests[1]));
        Assert.Equal([OwnEvents.KeyChanged], withSigner.SealedRecords().Select(TrailRun.Name));
    }

    [Fact]
    public void A_key_that_is_none_fails_the_opening()
    {
        string path = Path.Combine(_directory.Layout.Directory, "host.pem");
        File.WriteAllText(path, "nonsense");
        TrailRun run = new(_directory, _time, configure: o => o.SigningKeyPath = path);
        Assert.Contains(path, Assert.Throws<AuditTrailException>(run.Signal.Open).Message, StringComparison.Ordinal);
    }
}
