using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Tests.Pipeline.Delivery;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Pipeline.Spooling;

public sealed class SpoolFileTests
{
    [Fact]
    public void Any_batch_comes_back_as_it_was()
    {
        Gen<(string[] Items, bool Weighted, string Destination)> batches =
            from items in Gen.Elements("a", "{\"x\":\"\u00e9\"}", "😀", "\\n", "").NonEmptyListOf()
            from weighted in Gen.Elements(true, false)
            from destination in Gen.Elements("namespace Shop", "log group /a, stream \"b\"\n", "")
            select (items.ToArray(), weighted, destination);
        Prop.ForAll(batches.ToArbitrary(), b =>
        {
            using Batch batch = Batches.Make(b.Items, b.Weighted ? [.. b.Items.Select(i => (long)i.Length + 1)] : null, b.Destination);
            using Batch read = SpoolFile.Decode(SpoolFile.Encode(batch));
            Assert.Equal(batch.Header, read.Header);
            Assert.Equal(batch.Body.ToArray(), read.Body.ToArray());
            Assert.Equal(Batches.ItemsOf(batch), Batches.ItemsOf(read));
            Assert.Equal(batch.Weight, read.Weight);
            using Batch half = read.Slice(0, 1);
            using Batch expected = batch.Slice(0, 1);
            Assert.Equal(expected.Body.ToArray(), half.Body.ToArray());
            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_file_with_any_byte_changed_or_missing_is_refused()
    {
        using Batch batch = Batches.Make(["one", "two"], [3, 4]);
        byte[] file = SpoolFile.Encode(batch);
        for (int i = 0; i < file.Length; i++)
        {
            byte[] changed = [.. file];
            changed[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => SpoolFile.Decode(changed));
            Assert.Throws<InvalidDataException>(() => SpoolFile.Decode(file.AsSpan(0, i)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no header at all")]
    [InlineData("{}\n")]
    [InlineData("[1]\n")]
    [InlineData("{\"version\":2}\n")]
    [InlineData("{\"version\":1,\"operation\":\"x\",\"destination\":\"y\",\"created\":0,\"acceptableUntil\":0,\"prefix\":0,\"items\":2000000000,\"weighted\":true,\"body\":5}\nhello")]
    [InlineData("{\"version\":1,\"operation\":\"x\",\"destination\":\"y\",\"created\":-5,\"acceptableUntil\":0,\"prefix\":0,\"items\":1,\"weighted\":false,\"body\":1}\n\0\0\0\0a")]
    public void A_file_of_a_stranger_with_a_good_checksum_is_refused_too(string content)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(content);
        Assert.Throws<InvalidDataException>(() => SpoolFile.Decode([.. bytes, .. System.Security.Cryptography.SHA256.HashData(bytes)]));
    }
}
