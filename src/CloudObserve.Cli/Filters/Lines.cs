namespace CloudObserve.Cli.Filters;

/// <summary>Enumerates the lines of a block without their line ends.</summary>
/// <param name="block">
/// The block. Lines end with a line feed, or with a carriage return and a line feed; the last line may have no end.
/// </param>
internal ref struct Lines(ReadOnlySpan<byte> block)
{
    private ReadOnlySpan<byte> _rest = block;

    /// <summary>Gets the current line.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Returns this instance as the enumerator.</summary>
    public readonly Lines GetEnumerator() => this;

    /// <summary>Moves to the next line.</summary>
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
