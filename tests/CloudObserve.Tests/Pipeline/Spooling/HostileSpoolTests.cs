using System.Runtime.Versioning;
using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Pipeline.Storage;
using CloudObserve.Tests.Pipeline.Delivery;
using CloudObserve.Tests.Pipeline.Storage;

namespace CloudObserve.Tests.Pipeline.Spooling;

/// <summary>
/// A spool in which somebody has put what does not belong there: it costs itself, and neither the start nor the other files.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostileSpoolTests : SpoolTestBase
{
    private const long Gigabyte = 1024 * 1024 * 1024;

    private string Things => Path.Combine(SpoolPath, "0", "things");

    [UnixFact]
    public Task A_pipe_is_set_aside() => PlayAsync(path => SpecialFiles.MakePipe(path), lost: 1);

    [UnixFact]
    public Task A_link_to_an_endless_device_is_set_aside() => PlayAsync(path => File.CreateSymbolicLink(path, "/dev/zero"), lost: 1);

    [UnixFact]
    public Task A_link_to_nothing_is_set_aside() => PlayAsync(path => File.CreateSymbolicLink(path, "/nowhere"), lost: 1);

    [UnixFact]
    public Task A_sparse_file_of_gigabytes_is_set_aside_unread() => PlayAsync(path => SpecialFiles.MakeSparse(path, 3 * Gigabyte), lost: 1);

    [UnixFact]
    public Task A_sparse_file_that_is_just_short_enough_is_set_aside_by_its_head() =>
        PlayAsync(path => SpecialFiles.MakeSparse(path, SpoolFile.MaxBytes), lost: SpoolFile.MaxBytes, weight: "999999999");

    [UnixFact]
    public Task Garbage_counts_no_more_than_its_bytes_whatever_its_name_claims() =>
        PlayAsync(path => File.WriteAllText(path, "0123456789"), lost: 10, weight: "999999999");

    [UnixFact]
    public Task A_name_that_claims_all_there_is_does_not_stop_the_start() =>
        PlayAsync(path => File.WriteAllText(path, "0123456789"), lost: 10, weight: "9223372036854775807");

    [UnixFact]
    public Task An_operation_that_no_sink_knows_is_set_aside_in_spite_of_its_checksum() => PlayAsync(
        path =>
        {
            using Batch batch = Batches.Make(["x", "y"]);
            byte[] file = SpoolFile.Encode(batch);
            byte[] operation = Encoding.UTF8.GetBytes("\"PutThings\"");
            File.WriteAllBytes(path, Resealed(file, operation, "\"DropTable\""u8));
        },
        lost: 2);

    [UnixFact]
    public Task A_weight_in_a_header_that_does_not_match_its_checksum_does_not_count() => PlayAsync(
        path =>
        {
            using Batch batch = Batches.Make(["x", "y"]);
            byte[] file = SpoolFile.Encode(batch);
            "\"weight\":9"u8.CopyTo(file.AsSpan(file.AsSpan().IndexOf("\"weight\":2"u8)));
            File.WriteAllBytes(path, file);
        },
        lost: 1);

    [UnixFact]
    public async Task A_good_batch_counts_for_what_it_holds_and_not_for_what_its_name_claims()
    {
        _ = Directory.CreateDirectory(Things);
        foreach (string claim in new[] { "999999999", "9223372036854775807", "0" })
        {
            using Batch batch = Batches.Make([$"a{claim}", $"b{claim}"]);
            File.WriteAllBytes(NameFor(claim), SpoolFile.Encode(batch));
        }

        IsDown = false;
        LoopFixture second = Start();
        Assert.Equal(6, second.Ledger.Snapshot().Accepted);
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().InFlight == 0));
        await second.Close();
        second.AssertBooks(6);
    }

    [UnixFact]
    public async Task A_file_of_the_first_version_is_read_as_before()
    {
        _ = Directory.CreateDirectory(Things);
        const string Head =
            """{"version":1,"operation":"PutThings","destination":"here","created":638400000000000000,"acceptableUntil":739000000000000000,"prefix":0,"items":2,"weighted":false,"body":3}""";
        byte[] content = [.. Encoding.UTF8.GetBytes(Head + "\n"), 1, 0, 0, 0, 3, 0, 0, 0, .. "a,b"u8];
        File.WriteAllBytes(NameFor("2"), [.. content, .. System.Security.Cryptography.SHA256.HashData(content)]);

        IsDown = false;
        LoopFixture second = Start();
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().Delivered == 2));
        await second.Close();
        second.AssertBooks(2);
    }

    [UnixFact]
    public async Task Directories_with_names_of_files_are_left_alone()
    {
        await PlayAsync(path => Directory.CreateDirectory(path), lost: 0);
        Assert.Single(Directory.GetDirectories(Things));
    }

    [UnixFact]
    public async Task A_slot_that_is_a_file_or_has_no_lock_to_take_costs_another_slot()
    {
        _ = Directory.CreateDirectory(SpoolPath);
        File.WriteAllText(Path.Combine(SpoolPath, "0"), "");
        _ = Directory.CreateDirectory(Path.Combine(SpoolPath, "1", "lock"));
        _ = Directory.CreateDirectory(Path.Combine(SpoolPath, "2"));
        SpecialFiles.MakePipe(Path.Combine(SpoolPath, "2", "lock"));

        LoopFixture fixture = Start();
        fixture.Enqueue(Batches.Of("kept"));
        await CloseAtOnce(fixture);
        Assert.Equal(Path.Combine(SpoolPath, "3", "things"), Path.GetDirectoryName(Assert.Single(Files())));
    }

    [UnixFact]
    public async Task A_pipe_in_place_of_a_signals_directory_makes_way()
    {
        _ = Directory.CreateDirectory(Path.Combine(SpoolPath, "0"));
        SpecialFiles.MakePipe(Things);

        LoopFixture fixture = Start();
        fixture.Enqueue(Batches.Of("kept"));
        await CloseAtOnce(fixture);
        Assert.Single(Files());
    }

    [UnixFact]
    public async Task What_is_spooled_is_the_owners_alone()
    {
        LoopFixture fixture = Start();
        fixture.Enqueue(Batches.Of("secret"));
        await CloseAtOnce(fixture);

        string[] directories = [SpoolPath, .. Directory.GetDirectories(SpoolPath, "*", SearchOption.AllDirectories)];
        Assert.All(directories, d => Assert.Equal(PrivateFiles.DirectoryAccessMode, File.GetUnixFileMode(d)));
        string[] files = Directory.GetFiles(SpoolPath, "*", SearchOption.AllDirectories);

        // The batch, the lock and what git is told.
        Assert.Equal(3, files.Length);
        Assert.All(files, f => Assert.Equal(PrivateFiles.FileAccessMode, File.GetUnixFileMode(f)));
        Assert.Empty(fixture.Events.OpenDirectories);
    }

    [UnixFact]
    public async Task A_spool_that_is_open_to_others_is_told_once()
    {
        _ = Directory.CreateDirectory(SpoolPath);
        File.SetUnixFileMode(SpoolPath, PrivateFiles.DirectoryAccessMode | UnixFileMode.OtherRead);
        File.SetUnixFileMode(
            Path.GetDirectoryName(SpoolPath)!, PrivateFiles.DirectoryAccessMode | UnixFileMode.GroupWrite | UnixFileMode.OtherRead);
        LoopFixture fixture = Start();
        fixture.Enqueue(Batches.Of("a"));
        fixture.Enqueue(Batches.Of("b"));
        await CloseAtOnce(fixture);

        Assert.Equal(
            [(SpoolPath, "OtherRead"), (Path.GetDirectoryName(SpoolPath)!, "OtherRead, GroupWrite")],
            fixture.Events.OpenDirectories);
    }

    // Somebody who can write here can seal what he writes.
    private static byte[] Resealed(byte[] file, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        int at = file.AsSpan().IndexOf(from);
        to.CopyTo(file.AsSpan(at));
        int line = file.AsSpan().IndexOf((byte)'\n');
        _ = Convert.TryToHexStringLower(System.Security.Cryptography.SHA256.HashData(file.AsSpan(0, line)), file.AsSpan(line + 1), out _);
        _ = System.Security.Cryptography.SHA256.HashData(file.AsSpan(0, file.Length - 32), file.AsSpan(file.Length - 32));
        return file;
    }

    private string NameFor(string weight) => Path.Combine(Things, $"0638400000000000000-{Random.Shared.NextInt64():x16}-{weight}.batch");

    private async Task PlayAsync(Action<string> plant, long lost, string weight = "1")
    {
        LoopFixture first = Start();
        first.Enqueue(Batches.Of("good"));
        await CloseAtOnce(first);
        EndProcess();
        string hostile = NameFor(weight);
        plant(hostile);

        KnowingSink sink = new(Sink);
        IsDown = false;
        LoopFixture second = new(sink, spool: events =>
        {
            Directories.Add(new SpoolDirectory(SpoolPath, new SpoolOptions(), events));
            return Directories[^1];
        });
        await Task.Run(second.Loop.Start).WaitAsync(LoopFixture.Safety);
        await second.Drive(LoopFixture.Until(() => second.Ledger.Snapshot().InFlight == 0));
        await second.Close();

        second.AssertBooks(1, (LossReason.SpoolDamaged, lost));
        Assert.Equal(lost == 0 ? 0 : 1, second.Events.Losses.Count);
        Assert.Empty(second.Events.Errors);
        Assert.Equal(["good"], Sink.Taken);
        Assert.Equal(lost == 0, !new FileInfo(hostile + SpoolFileName.Damaged).Exists
            && new FileInfo(hostile + SpoolFileName.Damaged).LinkTarget is null);
    }

    private sealed class KnowingSink(ScriptedSink sink) : IBatchSink
    {
        public bool CanSend(string operation) => operation == "PutThings";

        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) =>
            sink.SendAsync(batch, cancellationToken);
    }
}
