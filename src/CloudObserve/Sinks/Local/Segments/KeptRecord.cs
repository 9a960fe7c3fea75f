namespace CloudObserve.Sinks.Local.Segments;

/// <summary>A record of a segment: a wire body and what is needed to apply it again.</summary>
/// <param name="operation">The service operation, as in a batch.</param>
/// <param name="arrival">The moment at which it was taken.</param>
/// <param name="items">The items of the batch that it was made of.</param>
/// <param name="body">The wire body.</param>
internal readonly ref struct KeptRecord(string operation, Arrival arrival, CopiedItems items, ReadOnlySpan<byte> body)
{
    internal string Operation => operation;

    internal Arrival Arrival => arrival;

    internal CopiedItems Items => items;

    internal ReadOnlySpan<byte> Body { get; } = body;
}
