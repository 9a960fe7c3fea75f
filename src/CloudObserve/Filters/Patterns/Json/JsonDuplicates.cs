namespace CloudObserve.Filters.Patterns.Json;

/// <summary>
/// Overwrites with blanks each property of an event that is replaced by a later property of the same name in the same object.
/// </summary>
/// <remarks>
/// CloudWatch Logs uses the last of several properties with one name, including its content. Few events have such properties, so this runs
/// for those only. Blanks keep the positions of all other values.
/// </remarks>
/// <param name="utf8">The event.</param>
/// <param name="copy">A copy of the event.</param>
internal ref struct JsonDuplicates(ReadOnlySpan<byte> utf8, Span<byte> copy)
{
    private readonly Span<byte> _copy = copy;
    private JsonScanner _scanner = new(utf8);
    private JsonMembers _members = new(utf8);
    private int _objects;
    private int _depth;

    /// <summary>Overwrites the replaced properties in the copy.</summary>
    /// <returns><see langword="true"/> if the event is valid JSON and within the nesting limit.</returns>
    internal static bool TryErase(ReadOnlySpan<byte> utf8, Span<byte> copy)
    {
        JsonDuplicates duplicates = new(utf8, copy);
        bool isJson = duplicates.TryErase(stackalloc Level[FilterPatternLimits.MaxJsonDepth]);
        duplicates._members.Release();
        return isJson;
    }

    private bool TryErase(scoped Span<Level> levels)
    {
        bool beginsValue = true;
        do
        {
            if (beginsValue ? !TryBeginValue(levels, out beginsValue) : !TryGoOn(levels, out beginsValue))
            {
                return false;
            }
        }
        while (beginsValue || _depth > 0);

        return _scanner.IsAtEnd();
    }

    private bool TryBeginValue(scoped Span<Level> levels, out bool beginsValue)
    {
        byte first = _scanner.Peek();
        beginsValue = false;
        if (first is not ((byte)'{' or (byte)'['))
        {
            return _scanner.TryScalar(out _);
        }

        if (!_scanner.TryEnter(first == '{'))
        {
            return false;
        }

        if (_scanner.TryLeave())
        {
            return true;
        }

        beginsValue = true;
        levels[_depth++] = new Level(first == '{' ? ++_objects : 0, 0);
        return first == '[' || TryMember(ref levels[_depth - 1]);
    }

    private bool TryGoOn(scoped Span<Level> levels, out bool beginsValue)
    {
        ref Level level = ref levels[_depth - 1];
        beginsValue = _scanner.TryTake(',');
        if (!beginsValue)
        {
            _depth--;
            return _scanner.TryLeave();
        }

        if (level.Object == 0)
        {
            return true;
        }

        _members[level.Member].End = _scanner.Position;
        return TryMember(ref level);
    }

    private bool TryMember(scoped ref Level level)
    {
        _ = _scanner.Peek();
        int start = _scanner.Position;
        if (!_scanner.TryName(out JsonToken name))
        {
            return false;
        }

        int number = _members.Add(level.Object, name, out bool isNew);
        ref JsonMember member = ref _members[number];
        if (!isNew)
        {
            WorkMeter.Add(member.End - member.Start);
            _copy[member.Start..member.End].Fill((byte)' ');
        }

        (member.Start, member.End) = (start, 0);
        level = level with { Member = number };
        return true;
    }

    /// <summary>Represents an object or array that contains the scanner's position.</summary>
    /// <param name="Object">The number of the object; 0 for an array.</param>
    /// <param name="Member">The number of the current member.</param>
    private readonly record struct Level(int Object, int Member);
}
