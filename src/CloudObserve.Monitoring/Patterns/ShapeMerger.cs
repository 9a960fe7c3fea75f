using System.Runtime.InteropServices;

namespace CloudObserve.Monitoring.Patterns;

/// <summary>
/// Joins shapes whose signatures differ in values that look like text: names, hosts, users. Works on signatures, not on messages, so its
/// time depends on the number of shapes alone.
/// </summary>
internal sealed class ShapeMerger
{
    // Each round finds what the one before made alike. Real logs need three to six.
    private const int MaxRounds = 16;

    private readonly WordTable _words;
    private readonly VariableRule _rule;
    private readonly GapHash _hash = new();
    private readonly int[] _buffer = new int[MessageScanner.MaxTokens + 2];

    // Families of the round: the gap, and the groups that have it as a list through _links.
    private readonly Dictionary<Gap, Family> _families = [];
    private readonly List<(Gap Gap, int Next)> _links = [];
    private Dictionary<int[], Group> _groups = new(SignatureComparer.Instance);

    internal ShapeMerger(WordTable words)
    {
        _words = words;
        _rule = new VariableRule(words);
    }

    /// <summary>Joins shapes.</summary>
    /// <param name="shapes">The shapes, each with a signature of its own.</param>
    /// <returns>The groups: a signature, and the positions of its shapes in <paramref name="shapes"/>.</returns>
    internal IReadOnlyCollection<Group> Merge(IReadOnlyList<Shape> shapes)
    {
        _groups = new Dictionary<int[], Group>(shapes.Count, SignatureComparer.Instance);
        for (int i = 0; i < shapes.Count; i++)
        {
            _groups.Add(shapes[i].Signature, new Group(i, shapes[i].Signature, shapes[i].Count));
        }

        // Words without spaces around them come second: only then the words beside them have become values.
        MergeBy(AddTokenGaps, IsVariableToken);
        MergeBy(AddWordGaps, IsVariableWord);
        MergeBy(AddTokenGaps, IsVariableToken);
        _families.Clear();
        _links.Clear();
        return _groups.Values;
    }

    private void MergeBy(Action<int[]> addGaps, Func<Gap, List<Gap>, bool> isVariable)
    {
        for (int round = 0; round < MaxRounds && MergeOnce(addGaps, isVariable); round++)
        {
        }
    }

    // Large families first. A group takes part in one merge of a round, and its merged signature in the next round.
    private bool MergeOnce(Action<int[]> addGaps, Func<Gap, List<Gap>, bool> isVariable)
    {
        _families.Clear();
        _links.Clear();
        foreach (int[] signature in _groups.Keys)
        {
            _hash.Set(signature);
            addGaps(signature);
        }

        List<List<Gap>> found = [];
        foreach ((Gap gap, Family family) in _families)
        {
            if (family.Count > 1 && MembersOf(family) is { } members && isVariable(gap, members))
            {
                found.Add(members);
            }
        }

        HashSet<int[]> done = new(SignatureComparer.Instance);
        foreach (List<Gap> members in found.OrderByDescending(m => m.Count))
        {
            if (!members.Exists(m => done.Contains(m.Signature)))
            {
                done.UnionWith(members.Select(m => m.Signature));
                done.Add(Join(members));
            }
        }

        return found.Count > 0;
    }

    private int[] Join(List<Gap> members)
    {
        Gap gap = members[0];
        List<Group> joined = [];
        foreach (Gap member in members)
        {
            _groups.Remove(member.Signature, out Group? group);
            joined.Add(group!);
        }

        gap.Before.CopyTo(_buffer);
        _buffer[gap.Start] = WordTable.Value;
        gap.Behind.CopyTo(_buffer.AsSpan(gap.Start + 1));
        int[] reduced = new int[gap.Start + 1 + gap.Behind.Length + 1];
        int length = Signature.Reduce(_buffer.AsSpan(0, gap.Start + 1 + gap.Behind.Length), reduced, _words);
        int[] signature = reduced[..length];
        if (_groups.Remove(signature, out Group? same))
        {
            joined.Add(same);
        }

        _groups.Add(signature, Group.Join(signature, joined));
        return signature;
    }

    private void AddTokenGaps(int[] signature)
    {
        for (int i = 0; i < signature.Length; i++)
        {
            if (!_words.Has(signature[i], WordTraits.Delimiter))
            {
                AddGap(signature, i, i + 1);
            }
        }
    }

    // Words that contain a value, without the comma, colon or semicolon behind them.
    private void AddWordGaps(int[] signature)
    {
        int start = 0;
        while (start < signature.Length)
        {
            int length = signature.AsSpan(start).IndexOf(WordTable.Space);
            int next = length < 0 ? signature.Length : start + length;
            int end = next;
            while (end > start + 1 && (signature[end - 1] == _words.Comma || signature[end - 1] == _words.Colon
                || signature[end - 1] == _words.Semicolon))
            {
                end--;
            }

            if (signature.AsSpan(start, next - start).Contains(WordTable.Value))
            {
                AddGap(signature, start, end);
            }

            start = next + 1;
        }
    }

    private void AddGap(int[] signature, int start, int end)
    {
        Gap gap = new(signature, start, end, _hash.Without(start, end));
        ref Family family = ref CollectionsMarshal.GetValueRefOrAddDefault(_families, gap, out bool exists);
        _links.Add((gap, exists ? family.Last : -1));
        family = new Family(_links.Count - 1, family.Count + 1);
    }

    private List<Gap> MembersOf(Family family)
    {
        List<Gap> members = new(family.Count);
        for (int at = family.Last; at >= 0; at = _links[at].Next)
        {
            members.Add(_links[at].Gap);
        }

        members.Reverse();
        return members;
    }

    private bool IsVariableToken(Gap gap, List<Gap> members)
    {
        (int Word, long Count)[] found = [.. members.Select(m => (m.Part[0], _groups[m.Signature].Count))];
        return _rule.IsVariable(gap, found);
    }

    private bool IsVariableWord(Gap gap, List<Gap> members) =>
        _rule.TextWords(gap.Before) + _rule.TextWords(gap.Behind) >= 2
        && (members.Count >= 3 || members.Exists(m => m.Part is [WordTable.Value]));

    /// <summary>Shapes with one signature.</summary>
    /// <param name="First">The position of the first shape. It orders groups of equal size.</param>
    /// <param name="Signature">The common signature.</param>
    /// <param name="Count">The number of messages.</param>
    internal sealed record Group(int First, int[] Signature, long Count)
    {
        internal List<int> Shapes { get; private init; } = [First];

        internal static Group Join(int[] signature, List<Group> groups) =>
            new(groups.Min(g => g.First), signature, groups.Sum(g => g.Count)) { Shapes = [.. groups.SelectMany(g => g.Shapes)] };
    }

    private readonly record struct Family(int Last, int Count);
}
