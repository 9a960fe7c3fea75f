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
        byte[] file = head.ToFile();

        Assert.Equal(TrailHead.FileLength, file.Length);
        Assert.Equal((byte)'\n', file[^1]);
        Assert.True(TrailHead.TryParse(file, out TrailHead read));
        Assert.Equal(head, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"sequence\":1}")]
    [InlineData("{\"sequence\":1,\"hash\":5}")]
    [InlineData("{\"sequence\":\"1\",\"hash\":\"x\"}")]
    public void Anything_else_is_no_head(string file) => Assert.False(TrailHead.TryParse(Encoding.UTF8.GetBytes(file), out _));
}
