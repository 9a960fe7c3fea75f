using System.Text;
using CloudObserve.Audit.Files;

namespace CloudObserve.Tests.Audit.Files;

public sealed class TrailHeadTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    [InlineData(long.MaxValue)]
    public void What_is_written_is_read_and_always_has_the_same_length(long sequence)
    {
        TrailHead head = new(sequence, RecordHash.Of("line"u8));
        foreach (RecordHash? digest in new RecordHash?[] { null, RecordHash.Of("digest"u8) })
        {
            byte[] file = head.ToFile(digest);

            Assert.Equal(digest is null ? 128 : TrailHead.MaxFileLength, file.Length);
            Assert.Equal((byte)'\n', file[^1]);
            Assert.True(TrailHead.TryParse(file, out TrailHead read, out RecordHash? readDigest));
            Assert.Equal((head, digest), (read, readDigest));
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
    public void Anything_else_is_no_head(string file) => Assert.False(TrailHead.TryParse(Encoding.UTF8.GetBytes(file), out _));
}
