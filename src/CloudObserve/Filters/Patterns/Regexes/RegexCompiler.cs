using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Compiles the branches of a regular expression to the positions of one bit-parallel automaton.</summary>
internal sealed class RegexCompiler
{
    // The character set of each position; null for the position in front of a branch, which only starts it.
    private readonly List<CharacterSet> _sets = [];
    private readonly RegexBits _bits;

    private RegexCompiler(int positions) => _bits = new RegexBits((positions + 63) >> 6);

    internal static RegexProgram Compile(RegexSyntax syntax)
    {
        List<RegexBranch> branches = [];
        int positions = 0;
        foreach (ImmutableArray<RegexItem> items in syntax.Branches)
        {
            if (RegexBranch.TryCreate(items, out RegexBranch? branch))
            {
                branches.Add(branch);
                positions += 1 + branch.Items.Sum(static item => item.Positions);
            }
        }

        RegexCompiler compiler = new(Math.Max(positions, 1));
        branches.ForEach(compiler.Add);
        return RegexProgram.Create(compiler._bits, compiler.ByteClasses(out ulong[] steps), steps, RegexLiterals.Of(branches));
    }

    private void Add(RegexBranch branch)
    {
        int begin = Position(default);
        RegexBits.Set(branch.FromStart ? _bits.BeginAtStart : _bits.Begin, begin);
        foreach (RegexItem item in branch.Items)
        {
            Add(item);
        }

        RegexBits.Set(branch.ToEnd ? _bits.AcceptAtEnd : _bits.Accept, _sets.Count - 1);
        MarkOptionalRuns(begin);
    }

    // x{2,4} becomes xxx?x?, x{2,} becomes xx+, and x* becomes an x+ that may be skipped.
    private void Add(RegexItem item)
    {
        for (int i = 0; i < item.Positions; i++)
        {
            int position = Position(item.Set);
            if (i >= item.Min)
            {
                RegexBits.Set(_bits.Optional, position);
            }

            if (item.Max is null && i == item.Positions - 1)
            {
                RegexBits.Set(_bits.Repeat, position);
            }
        }
    }

    private void MarkOptionalRuns(int begin)
    {
        for (int position = begin + 1; position < _sets.Count; position++)
        {
            if (!RegexBits.IsSet(_bits.Optional, position))
            {
                continue;
            }

            if (!RegexBits.IsSet(_bits.Optional, position - 1))
            {
                RegexBits.Set(_bits.BeforeOptional, position - 1);
            }

            if (position == _sets.Count - 1 || !RegexBits.IsSet(_bits.Optional, position + 1))
            {
                RegexBits.Set(_bits.LastOptional, position);
            }
        }
    }

    private int Position(CharacterSet set)
    {
        _sets.Add(set);
        return _sets.Count - 1;
    }

    /// <summary>Groups the bytes that all positions treat alike, and gives each group its masks for advancing and for staying.</summary>
    private byte[] ByteClasses(out ulong[] steps)
    {
        byte[] classes = new byte[256];
        List<ulong[]> rows = [];
        for (int value = 0; value < 128; value++)
        {
            classes[value] = Class(rows, value);
        }

        // For characters beyond ASCII, only the first byte and the continuation bytes differ.
        classes.AsSpan(0x80..0xC0).Fill(Class(rows, 0x80));
        classes.AsSpan(0xC0..).Fill(Class(rows, 0xC0));
        steps = [.. rows.SelectMany(static row => row)];
        return classes;
    }

    private byte Class(List<ulong[]> rows, int value)
    {
        ulong[] row = Row(value);
        int known = rows.FindIndex(other => other.AsSpan().SequenceEqual(row));
        if (known < 0)
        {
            known = rows.Count;
            rows.Add(row);
        }

        return (byte)known;
    }

    private ulong[] Row(int value)
    {
        int words = _bits.Accept.Length;
        ulong[] row = new ulong[2 * words];
        bool continues = (value & 0xC0) == 0x80;
        for (int position = 0; position < _sets.Count; position++)
        {
            ulong bit = 1UL << position;
            int word = 2 * (position >> 6);

            // The first byte of a character advances the automaton; its continuation bytes leave the state unchanged.
            bool takes = !continues && _sets[position].TakesFirstByte(value);
            bool stays = continues ? _sets[position].BeyondAscii : takes && RegexBits.IsSet(_bits.Repeat, position);
            row[word] |= takes ? bit : 0;
            row[word + 1] |= stays ? bit : 0;
        }

        return row;
    }
}
