using System.IO.Compression;
using System.Text;
using CloudObserve.Sinks.CloudWatch;

namespace CloudObserve.Tests.Sinks.CloudWatch;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData(true, 10_239, false)]
    [InlineData(true, 10_240, true)]
    [InlineData(true, 10_241, true)]
    [InlineData(false, 1_000_000, false)]
    public void A_body_is_compressed_from_the_configured_size_on_unless_that_is_off(bool enabled, int bytes, bool compressed)
    {
        Assert.Equal(compressed, new CompressionPolicy(enabled, 10_240).Applies(ServiceOperation.PutMetricData, bytes));
    }

    [Fact]
    public void An_operation_that_takes_no_gzip_is_never_compressed()
    {
        Assert.False(new CompressionPolicy(true, 0).Applies(ServiceOperation.PutMetricData with { Compressible = false }, 1_000_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20_000)]
    [InlineData(1_000_000)]
    public void Gzip_gives_back_what_went_in_however_often_the_stream_is_opened(int size)
    {
        byte[] plain = new byte[size];
        new Random(7).NextBytes(plain);

        using RequestBody body = RequestBody.Gzip(plain);

        Assert.Equal("gzip", body.Encoding);
        for (int i = 0; i < 2; i++)
        {
            using GZipStream gzip = new(body.OpenStream(), CompressionMode.Decompress);
            using MemoryStream read = new();
            gzip.CopyTo(read);
            Assert.Equal(plain, read.ToArray());
        }
    }

    [Fact]
    public void A_plain_body_is_the_callers_memory_itself()
    {
        byte[] memory = Encoding.ASCII.GetBytes("--body--");

        using RequestBody body = RequestBody.Plain(memory.AsMemory(2, 4));
        memory[2] = (byte)'B';

        using StreamReader reader = new(body.OpenStream());
        Assert.Equal("Body", reader.ReadToEnd());
        Assert.Null(body.Encoding);
    }
}
