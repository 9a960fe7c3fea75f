using System.Buffers;
using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Buffering;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Pipeline.Buffering;

public sealed class BatchBuilderTests
{
    private const int MaxBytes = 64;
    private const int MaxItems = 5;

    private static readonly BatchHeader Header = new("Test", "nowhere", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);

    [Fact]
    public void Any_run_of_items_comes_out_whole_in_order_and_within_the_limits()
    {
        Prop.ForAll(Gen.Choose(1, 80).ArrayOf().ToArbitrary(), sizes =>
        {
            List<Batch> batches = Build(sizes, out List<string> tooLarge);
            string[] fitting = [.. sizes.Select(Item).Where(i => i.Length + 4 <= MaxBytes)];
            return batches.All(b => b.Body.Length <= MaxBytes && b.ItemCount <= MaxItems)
                && batches.SelectMany(Items).SequenceEqual(fitting)
                && batches.All(b => Text(b.Body) == "<<" + string.Join(',', Items(b)) + ">>")
                && tooLarge.SequenceEqual(sizes.Select(Item).Where(i => i.Length + 4 > MaxBytes))
                && batches.Sum(b => b.Weight) == fitting.Sum(i => (long)i.Length);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_batch_is_as_old_as_its_oldest_item()
    {
        BatchBuilder builder = NewBuilder();
        foreach (int day in new[] { 3, 1, 2 })
        {
            builder.BeginItem();
            builder.Write("x"u8);
            Assert.True(builder.TryEndItem(1, DateTimeOffset.UnixEpoch.AddDays(day), Header, out _));
        }

        using Batch batch = builder.Seal(Header)!;
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(1), batch.Header.AcceptableUntil);
    }

    [Fact]
    public void Slices_of_a_batch_are_bodies_of_their_own_and_add_up_to_it()
    {
        Prop.ForAll(Gen.Choose(1, 9).ArrayOf(5).ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (sizes, cut) =>
        {
            using Batch whole = Build(sizes, out _).Single();
            using Batch left = whole.Slice(0, cut);
            using Batch right = whole.Slice(cut, whole.ItemCount - cut);
            return Items(left).Concat(Items(right)).SequenceEqual(Items(whole))
                && Text(left.Body) == "<<" + string.Join(',', Items(left)) + ">>"
                && Text(right.Body) == "<<" + string.Join(',', Items(right)) + ">>"
                && left.Weight + right.Weight == whole.Weight
                && whole.WeightOf(0, cut) == left.Weight;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Items_put_into_another_order_keep_their_bytes_and_weights()
    {
        BatchBuilder builder = NewBuilder();
        for (int size = 1; size <= 4; size++)
        {
            builder.BeginItem();
            builder.Write(Encoding.ASCII.GetBytes(Item(size)));
            builder.EndItem(size, DateTimeOffset.MaxValue);
        }

        builder.Reorder([2, 0, 3, 1]);
        using Batch batch = builder.Seal(Header)!;
        Assert.Equal("<<ddd,b,eeee,cc>>", Text(batch.Body));
        Assert.Equal([3, 1, 4, 2], Enumerable.Range(0, 4).Select(i => batch.WeightOf(i, 1)));
    }

    private static BatchBuilder NewBuilder() => new("<<"u8.ToArray(), ">>"u8.ToArray(), MaxItems, MaxBytes);

    private static string Item(int size) => new((char)('a' + (size % 26)), size);

    private static List<Batch> Build(int[] sizes, out List<string> tooLarge)
    {
        BatchBuilder builder = NewBuilder();
        List<Batch> batches = [];
        tooLarge = [];
        foreach (int size in sizes)
        {
            builder.BeginItem();
            builder.Write(Encoding.ASCII.GetBytes(Item(size)));
            if (!builder.TryEndItem(size, DateTimeOffset.MaxValue, Header, out Batch? full))
            {
                tooLarge.Add(Item(size));
            }

            if (full is not null)
            {
                batches.Add(full);
            }
        }

        if (builder.Seal(Header) is { } last)
        {
            batches.Add(last);
        }

        return batches;
    }

    private static string[] Items(Batch batch) => [.. Enumerable.Range(0, batch.ItemCount).Select(i => Text(batch.Item(i)))];

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.ASCII.GetString(bytes.Span);
}
