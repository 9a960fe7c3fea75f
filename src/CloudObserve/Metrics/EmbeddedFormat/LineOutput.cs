using System.Buffers;
using System.Diagnostics;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Buffering;

namespace CloudObserve.Metrics.EmbeddedFormat;

/// <summary>Collects documents for standard output, one per line.</summary>
internal sealed class LineOutput(TimeProvider time) : IDocumentOutput
{
    /// <summary>The operation's name, as used by the sinks.</summary>
    internal const string Operation = "WriteLines";

    // Several times the largest document (30 dimensions of the longest names and values, escaped), so that every document fits.
    private const int MaxBatchBytes = 1024 * 1024;
    private const int MaxLines = 10_000;

    private readonly BatchBuilder _builder =
        new(ReadOnlyMemory<byte>.Empty, "\n"u8.ToArray(), MaxLines, MaxBatchBytes, separator: (byte)'\n');
    private readonly List<Batch> _full = [];

    // The log drivers of Docker and containerd split lines at 16 KiB, and a split document is not recognized as a metric.
    public int PreferredBytes => 16 * 1024;

    public LossReason? TryAppend(ReadOnlySpan<byte> document, long weight, DateTimeOffset acceptableUntil)
    {
        _builder.BeginItem();
        _builder.Write(document);
        if (!_builder.TryEndItem(weight, acceptableUntil, Header(), out Batch? full))
        {
            throw new UnreachableException("A document must be smaller than a batch");
        }

        if (full is not null)
        {
            _full.Add(full);
        }

        return null;
    }

    public List<Batch> TakeBatches()
    {
        List<Batch> taken = [.. _full];
        _full.Clear();
        if (_builder.Seal(Header()) is { } batch)
        {
            taken.Add(batch);
        }

        return taken;
    }

    private BatchHeader Header() => new(Operation, "standard output", time.GetUtcNow(), DateTimeOffset.MaxValue);
}
