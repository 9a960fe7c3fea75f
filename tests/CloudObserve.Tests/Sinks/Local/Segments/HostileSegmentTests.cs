using System.Buffers.Binary;
using CloudObserve.Sinks.Local.Segments;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Storage;

namespace CloudObserve.Tests.Sinks.Local.Segments;

/// <summary>Files in the directory that the library did not write, or not so.</summary>
public sealed class HostileSegmentTests : SegmentTestBase
{
    private readonly ManualTimeProvider _clock = new(LocalCloudWatch.Noon);

    [UnixFact]
    public async Task What_is_no_file_is_set_aside_unread_and_said()
    {
        await WriteAsync("a");
        SpecialFiles.MakePipe(PathOf("0000000005.segment"));
        File.CreateSymbolicLink(PathOf("0000000006.segment"), Files()[0]);
        Directory.CreateDirectory(PathOf("0000000007.segment"));
        File.CreateSymbolicLink(PathOf("0000000008.segment"), PathOf("nowhere"));

        KeptCloudWatch second = await ReadAsync("a");

        Assert.Equal(4, second.Events.FileNotices.Count);
        Assert.Equal(["0000000001.segment"], Files().Select(f => System.IO.Path.GetFileName(f)));
        Assert.Equal(4, Directory.GetFileSystemEntries(Path, "*.damaged").Length);
        Assert.Empty((await ReadAsync("a")).Events.FileNotices);
    }

    [Fact]
    public async Task A_sparse_file_is_set_aside_unread()
    {
        await WriteAsync("a");
        SpecialFiles.MakeSparse(PathOf("0000000002.segment"), 1L << 40);

        KeptCloudWatch second = await ReadAsync("a");

        Assert.Contains("1099511627776 bytes", Assert.Single(second.Events.FileNotices), StringComparison.Ordinal);

        // It makes room before any segment does.
        await WriteAsync("b");
        Assert.Empty(Files("*.damaged"));
        _ = await ReadAsync("a", "b");
    }

    [Fact]
    public async Task A_directory_that_was_set_aside_and_cannot_be_deleted_takes_no_room_from_new_batches()
    {
        await WriteAsync("a");
        _ = Directory.CreateDirectory(PathOf("0000000001.segment.damaged"));
        SpecialFiles.MakeSparse(PathOf("0000000002.segment"), 1L << 40);
        _ = await ReadAsync("a");

        await WriteAsync("b");

        Assert.Equal([PathOf("0000000001.segment.damaged")], Directory.GetFileSystemEntries(Path, "*.damaged"));
        _ = await ReadAsync("a", "b");
    }

    [Fact]
    public async Task A_file_of_zeros_is_cut_to_nothing()
    {
        await WriteAsync("a");
        SpecialFiles.MakeSparse(PathOf("0000000002.segment"), 100_000);

        KeptCloudWatch second = await ReadAsync("a");

        Assert.Empty(second.Events.FileNotices);
        Assert.Single(Files());
    }

    [Theory]
    [InlineData("segment")]
    [InlineData("1.segment")]
    [InlineData("00000000001.segment")]
    [InlineData("-000000001.segment")]
    [InlineData("0000000002.segment.bak")]
    [InlineData("notes.txt")]
    public async Task Files_of_other_names_are_left_alone(string name)
    {
        await WriteAsync("a");
        await File.WriteAllTextAsync(PathOf(name), "mine");

        Assert.Empty((await ReadAsync("a")).Events.FileNotices);
        Assert.Equal("mine", await File.ReadAllTextAsync(PathOf(name)));
    }

    [Theory]
    [InlineData("9999999999.segment")]
    [InlineData("9000000000.segment")]
    public async Task A_number_at_the_end_of_all_numbers_does_not_end_the_keeping_silently(string name)
    {
        await WriteAsync("a");
        await File.WriteAllTextAsync(PathOf(name), "not a segment at all");

        Assert.NotEmpty((await ReadAsync("a")).Events.FileNotices);
        await WriteAsync("b");
        _ = await ReadAsync("a", "b");
    }

    [Fact]
    public async Task Lengths_that_lie_are_damage_and_take_no_memory()
    {
        await WriteAsync("a");
        byte[] good = await File.ReadAllBytesAsync(Files()[0]);
        foreach (int length in new[] { -1, 0, 1, 40, int.MaxValue, SegmentFormat.MaxRecordBytes })
        {
            byte[] head = new byte[SegmentFormat.HeadBytes];
            BinaryPrimitives.WriteInt32LittleEndian(head, length);
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(8), Crc32C.Of(head.AsSpan(0, 8)));
            await File.WriteAllBytesAsync(Files()[0], [.. good, .. head, .. new byte[500]]);

            KeptCloudWatch second = await ReadAsync("a");

            Assert.Single(second.Events.FileNotices);
            File.Delete(Files("*.damaged").Single());
        }
    }

    [Fact]
    public async Task A_record_of_a_stranger_with_good_checksums_is_refused_as_a_request_would_be()
    {
        await WriteAsync("a");
        byte[] content = new byte[41 + 12 + 7];
        content[0] = 12;
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(1), LocalCloudWatch.Noon.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(9), LocalCloudWatch.Noon.UtcTicks);
        "PutLogEvents"u8.CopyTo(content.AsSpan(41));
        "garbage"u8.CopyTo(content.AsSpan(53));
        byte[] record = [.. new byte[SegmentFormat.HeadBytes], .. content];
        SegmentFormat.Seal(record);
        await File.WriteAllBytesAsync(Files()[0], [.. await File.ReadAllBytesAsync(Files()[0]), .. record]);

        KeptCloudWatch second = await ReadAsync("a");

        Assert.Equal((2, 1), (second.Events.FilesRead.Single().Batches, second.Events.FilesRead.Single().Refused));
        Assert.Empty(second.Events.FileNotices);
    }

    [Fact]
    public async Task Another_format_version_is_set_aside()
    {
        await WriteAsync("a");
        await File.WriteAllTextAsync(PathOf("0000000002.segment"), "CWKEPT2\nfuture");

        Assert.Contains("signature", Assert.Single((await ReadAsync("a")).Events.FileNotices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_between_the_renames_of_a_damaged_segment_loses_nothing()
    {
        await WriteAsync("a");
        string segment = Files()[0];
        File.Move(segment, segment + ".tmp");

        _ = await ReadAsync("a");
        Assert.Single(Files());
        File.Copy(segment, segment + ".tmp");
        _ = await ReadAsync("a");
        Assert.Empty(Files("*.tmp"));
    }

    private async Task WriteAsync(string message)
    {
        KeptCloudWatch process = new(Path, _clock);
        _ = process.Log(message);
        await process.CloseAsync();
        Assert.Equal(0, process.Books.TotalLost);
    }

    private async Task<KeptCloudWatch> ReadAsync(params string[] expected)
    {
        KeptCloudWatch process = new(Path, _clock);
        Assert.Equal(expected, process.Messages);
        await process.CloseAsync();
        return process;
    }
}
