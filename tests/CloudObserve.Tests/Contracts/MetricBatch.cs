using System.Buffers;
using System.Globalization;
using System.Text;
using CloudObserve.Delivery;

namespace CloudObserve.Tests.Contracts;

/// <summary>Makes PutMetricData batches out of datums written as JSON, without the encoder of the library.</summary>
internal static class MetricBatch
{
    internal static Batch Of(params string[] datums) => In("Contract", datums);

    internal static Batch In(string @namespace, params string[] datums)
    {
        StringBuilder body = new();
        body.Append(CultureInfo.InvariantCulture, $"{{\"Namespace\":\"{@namespace}\",\"MetricData\":[");
        int prefix = body.Length;
        int[] ends = new int[datums.Length];
        for (int i = 0; i < datums.Length; i++)
        {
            body.Append(i == 0 ? "" : ",").Append(datums[i]);
            ends[i] = body.Length;
        }

        byte[] bytes = Encoding.ASCII.GetBytes(body.Append("]}").ToString());
        byte[] rented = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(rented, 0);
        BatchHeader header = new("PutMetricData", @namespace, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        return new Batch(header, rented, bytes.Length, prefix, ends, null);
    }

    /// <summary>One datum with one value.</summary>
    internal static string Datum(double value = 1, string name = "Orders", string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"MetricName\":\"{name}\",\"Value\":{value:R}{more}}}");

    internal static string At(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $",\"Timestamp\":{time.ToUnixTimeSeconds()}");

    internal static string Values(int count) =>
        $"{{\"MetricName\":\"Latency\",\"Values\":[{string.Join(',', Enumerable.Range(1, count))}]}}";
}
