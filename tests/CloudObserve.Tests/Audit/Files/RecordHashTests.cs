using System.Security.Cryptography;
using System.Text;
using CloudObserve.Audit.Files;

namespace CloudObserve.Tests.Audit.Files;

public sealed class RecordHashTests
{
    [Fact]
    public void It_is_the_lines_sha256_in_lower_case()
    {
        byte[] line = "a line"u8.ToArray();
        string expected = Convert.ToHexStringLower(SHA256.HashData(line));
        Span<byte> text = stackalloc byte[RecordHash.TextLength];
        RecordHash.Of(line).Write(text);

        Assert.Equal(expected, RecordHash.Of(line).ToString());
        Assert.Equal(expected, Encoding.ASCII.GetString(text));
        Assert.True(RecordHash.TryParse(text, out RecordHash read));
        Assert.Equal(RecordHash.Of(line), read);
    }

    [Fact]
    public void Nothing_before_is_64_zeros() => Assert.Equal(new string('0', 64), RecordHash.None.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("A000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_not_64_lower_case_digits_is_no_hash(string text) =>
        Assert.False(RecordHash.TryParse(Encoding.ASCII.GetBytes(text), out _));
}
