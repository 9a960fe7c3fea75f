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
                Assert.Equal(digest is null && written is null ? 128 : JournalHead.MaxFileLength, file.Length);
                Assert.Equal((byte)'\n', file[^1]);
                Assert.Equal(head, JournalHead.Read(file));
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
