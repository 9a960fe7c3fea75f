namespace CloudObserve.Cli.Filters;

/// <summary>The lines of a block, without their ends.</summary>
/// <param name="block">The block. A line feed, or a carriage return and a line feed, ends a line; the last line may go without.</param>
internal ref struct Lines(ReadOnlySpan<byte> block)
{
    private ReadOnlySpan<byte> _rest = block;

    /// <summary>Gets the line that the enumeration has come to.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Gets the enumerator, which is this.</summary>
    public readonly Lines GetEnumerator() => this;

    /// <summary>Goes to the next line.</summary>
    public bool MoveNext()
    {
        ReadOnlySpan<byte> rest = _rest;
        if (rest.IsEmpty)
        {
            return false;
        }

        int feed = rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = feed < 0 ? rest : rest[..feed];
        _rest = feed < 0 ? default : rest[(feed + 1)..];
        Current = line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
        return true;
    }
}
