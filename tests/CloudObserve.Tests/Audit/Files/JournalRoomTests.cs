using System.Text;
using CloudObserve.Audit.Files;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Audit.Files;

public sealed class JournalRoomTests
{
    [Fact]
    public void Whatever_stands_in_the_lines_they_end_behind_the_last_byte_that_is_no_blank()
    {
        Gen<byte[]> lines = from text in Gen.ArrayOf(Gen.Elements((byte)' ', (byte)'\n', (byte)'{', (byte)0, (byte)'x'))
                            from blanks in Gen.Choose(0, 40_000)
                            select Encoding.ASCII.GetBytes(new string(' ', blanks)).Concat(text).Append((byte)'}').ToArray();
        Prop.ForAll(lines.ToArbitrary(), Gen.Choose(0, 200_000).ToArbitrary(), Gen.Choose(500, 80_000)
            .ToArbitrary(), (content, room, mostAtOnce) =>
        {
            byte[] file = [.. content, .. Enumerable.Repeat((byte)' ', room)];
            return JournalRoom.EndOfLines(file.Length, Reading(file, mostAtOnce)) == content.Length;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(JournalRoom.Bytes)]
    public void A_file_of_nothing_but_room_has_no_lines(int room) =>
        Assert.Equal(0, JournalRoom.EndOfLines(room, Reading([.. Enumerable.Repeat((byte)' ', room)], int.MaxValue)));

    [Theory]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData(100_000)]
    public void Of_a_file_whose_room_is_cut_meanwhile_no_line_is_left_out(int cut)
    {
        byte[] lines = Encoding.ASCII.GetBytes(new string('x', 50_000));

        Assert.Equal(lines.Length, JournalRoom.EndOfLines(lines.Length + cut, Reading(lines, int.MaxValue)));
    }

    private static JournalRoom.ReadAt Reading(byte[] file, int mostAtOnce) => (bytes, offset) =>
    {
        int count = Math.Min(Math.Min(bytes.Length, mostAtOnce), (int)Math.Max(0, file.Length - offset));
        file.AsSpan((int)Math.Min(offset, file.Length), count).CopyTo(bytes);
        return count;
    };
}
