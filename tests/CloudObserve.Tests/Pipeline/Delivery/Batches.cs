using System.Buffers;
using System.Text;
using CloudObserve.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

/// <summary>Builds batches in a wire format of the tests' own: <c>{"items":[a,b,c]}</c>.</summary>
internal static class Batches
{
    internal static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static Batch Of(params string[] items) => To("here", items);

    internal static Batch To(string destination, params string[] items) => Make(items, null, destination, Start.AddDays(14));

    internal static Batch Make(
        string[] items, long[]? weights = null, string destination = "here", DateTimeOffset? acceptableUntil =
            null, DateTimeOffset? createdAt = null)
    {
        const string prefix = "{\"items\":[";
        byte[] text = Encoding.UTF8.GetBytes(prefix + string.Join(',', items) + "]}");
        byte[] body = ArrayPool<byte>.Shared.Rent(text.Length);
        text.CopyTo(body, 0);
        int[] ends = new int[items.Length];
        int at = prefix.Length;
        for (int i = 0; i < items.Length; i++)
        {
            at += Encoding.UTF8.GetByteCount(items[i]);
            ends[i] = at++;
        }

        BatchHeader header = new("PutThings", destination, createdAt ?? Start, acceptableUntil ?? Start.AddDays(14));
        return new Batch(header, body, text.Length, prefix.Length, ends, weights);
    }

    internal static string[] ItemsOf(Batch batch) =>
        [.. Enumerable.Range(0, batch.ItemCount).Select(i => Encoding.UTF8.GetString(batch.Item(i).Span))];

    internal static bool IsDisposed(Batch batch)
    {
        try
        {
            _ = batch.Body;
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
