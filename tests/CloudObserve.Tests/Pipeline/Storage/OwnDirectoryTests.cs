using CloudObserve.Audit;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Pipeline.Storage;
using CloudObserve.Testing;
using CloudObserve.Tests.Audit;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Storage;

/// <summary>The directories of trail and spool say to git that nothing in them belongs into a repository.</summary>
public sealed class OwnDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("own");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_new_directory_of_a_trail_or_spool_keeps_what_it_holds_out_of_repositories()
    {
        TrailDirectory trail = new(Path.Combine(_folder.FullName, "audit"));
        TrailRun run = new(trail, new ManualTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)));
        await run.Trail.RecordAsync(new AuditEvent("A"));
        await run.StopAsync();
        using (SpoolDirectory spool = new(Path.Combine(_folder.FullName, "state", "spool"), new SpoolOptions(), new RecordingEvents()))
        {
            Assert.NotNull(spool.Open("logs"));
        }

        Assert.Empty(run.Observer.Notices);
        Assert.Equal("*\n", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "audit", ".gitignore")));
        Assert.Equal("*\n", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "state", "spool", ".gitignore")));
        AuditVerification verdict = await new AuditTrailVerifier(trail.Layout.Directory).VerifyAsync();
        Assert.Equal((0, 0), (verdict.Findings.Count, verdict.Remarks.Count));
    }

    [Fact]
    public void A_directory_that_exists_stays_as_it_is()
    {
        string path = Path.Combine(_folder.FullName, ".gitignore");
        Assert.Null(OwnDirectory.Create(_folder.FullName, PrivateFiles.CreateDirectory));
        Assert.False(File.Exists(path));

        File.WriteAllText(path, "!keep\n");
        Assert.Null(OwnDirectory.Create(_folder.FullName, PrivateFiles.CreateDirectory));
        Assert.Equal("!keep\n", File.ReadAllText(path));
    }

    [Fact]
    public void A_directory_is_used_although_its_file_cannot_be_written()
    {
        string path = Path.Combine(_folder.FullName, "new");
        Exception? exception = OwnDirectory.Create(path, created =>
        {
            // A file system that takes the name for something else.
            Directory.CreateDirectory(created);
            Directory.CreateDirectory(Path.Combine(created, ".gitignore"));
        });

        Assert.NotNull(exception);
        Assert.True(Directory.Exists(path));
    }
}
