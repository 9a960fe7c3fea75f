using System.Text;
using CloudObserve.Audit.Files;

namespace CloudObserve.Tests.Audit.Files;

public sealed class JournalHeadTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    [InlineData(long.MaxValue)]
    public void What_is_written_is_read_and_always_has_the_same_length(long sequence)
    {
        TrailIdentity identity = new(UInt128.MaxValue - 1, 7);
        foreach (RecordHash? digest in new RecordHash?[] { null, RecordHash.Of("digest"u8) })
        {
            foreach (TrailIdentity? written in new TrailIdentity?[] { null, identity })
            {
                JournalHead head = new(new TrailHead(sequence, RecordHash.Of("line"u8)), digest, written);
                byte[] file = head.ToFile();

                // Heads of earlier versions have no identity, and are read to the letter as well.
                Assert.Equal(written is not null ? JournalHead.MaxFileLength : digest is not null ? 256 : 128, file.Length);
                Assert.Equal((byte)'\n', file[^1]);
                Assert.Equal(head, JournalHead.Read(file));
            }
        }
    }

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        JournalHead head =
            new(new TrailHead(42, RecordHash.Of("line"u8)), RecordHash.Of("digest"u8), new TrailIdentity(UInt128.MaxValue - 1, 7));
        byte[] file = head.ToFile();
        for (int i = 0; i < file.Length; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. file];
                changed[i] ^= (byte)(1 << bit);
                JournalHead? read = JournalHead.Read(changed);
                Assert.True(read is null || read == head, $"bit {bit} of byte {i} makes another head");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"sequence\":1}")]
    [InlineData("{\"sequence\":1,\"hash\":5}")]
    [InlineData("{\"sequence\":\"1\",\"hash\":\"x\"}")]
    [InlineData("{\"sequence\":1,\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"digest\":\"x\"}")]
    [InlineData("{\"sequence\":1,\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"other\":1}")]
    [InlineData("{\"sequence\":1,\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"trail\":\"00000000000000000000000000000001\"}")]
    [InlineData("{\"sequence\":1,\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"trail\":\"1\",\"place\":\"0000000000000001\"}")]
    [InlineData("{\"sequence\":1,\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"trail\":\"00000000000000000000000000000001\",\"place\":\"000000000000000G\"}")]
    [InlineData("{\"sequence\":1,\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\"} {}")]
    public void Anything_else_is_no_head(string file) => Assert.Null(JournalHead.Read(Encoding.UTF8.GetBytes(file)));
}
