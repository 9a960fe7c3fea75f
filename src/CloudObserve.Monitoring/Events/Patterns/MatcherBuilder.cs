namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Builds a matcher from parsed patterns.</summary>
internal sealed class MatcherBuilder
{
    private readonly List<PathNode> _nodes = [];
    private readonly Dictionary<string, (int Node, int Field)> _paths = new(StringComparer.Ordinal);
    private readonly List<Dictionary<string, int>> _testNumbers = [];
    private readonly List<List<(PatternTest Test, int Number)>> _fieldTests = [];
    private int _tests;

    /// <summary>Builds a matcher.</summary>
    /// <param name="patterns">The patterns. The number of each is its index.</param>
    internal static EventMatcher Build(IReadOnlyList<PatternSyntax> patterns) => new MatcherBuilder().BuildAll(patterns);

    private EventMatcher BuildAll(IReadOnlyList<PatternSyntax> patterns)
    {
        PathTree root = new();
        foreach (string path in patterns.SelectMany(static p => p.Alternatives).SelectMany(static a => a).Select(static f => f.Path))
        {
            root.Add(path);
        }

        _ = AddNode(root);
        List<Alternative> alternatives = [];
        for (int i = 0; i < patterns.Count; i++)
        {
            foreach (IReadOnlyList<PatternField> fields in patterns[i].Alternatives)
            {
                FieldCondition[] conditions = [.. fields.Select(Condition)];
                Array.Sort(conditions, static (x, y) => x.Node.CompareTo(y.Node));
                alternatives.Add(new Alternative(i, conditions));
            }
        }

        return new EventMatcher(
            [.. _nodes],
            [.. _fieldTests.Select(static t => new FieldTests(t))],
            [.. alternatives],
            Triggers(alternatives),
            _tests,
            patterns.Count);
    }

    private int AddNode(PathTree tree)
    {
        int number = _nodes.Count;
        _nodes.Add(null!);
        int field = -1;
        if (tree.Path is { } path)
        {
            field = _fieldTests.Count;
            _fieldTests.Add([]);
            _testNumbers.Add(new Dictionary<string, int>(StringComparer.Ordinal));
            _paths.Add(path, (number, field));
        }

        byte[][] names = [.. tree.Children.Keys.Select(Wtf8.Encode)];
        int[] children = [.. tree.Children.Values.Select(AddNode)];
        _nodes[number] = new PathNode(new ByteStringTable(names), children, field, _nodes.Count);
        return number;
    }

    private FieldCondition Condition(PatternField source, int order)
    {
        (int node, int field) = _paths[source.Path];
        HashSet<int> positives = [];
        HashSet<int> negatives = [];
        foreach (PatternTest test in source.Tests.Where(static t => t.Kind is not (PatternTestKind.Exists or PatternTestKind.Absent)))
        {
            _ = (test.Kind == PatternTestKind.AnythingBut ? negatives : positives).Add(Number(field, test));
        }

        return new FieldCondition(
            field,
            node,
            [.. positives],
            [.. negatives],
            source.Tests.Any(static t => t.Kind == PatternTestKind.Exists),
            source.Tests.Any(static t => t.Kind == PatternTestKind.Absent),
            source,
            order);
    }

    private int Number(int field, PatternTest test)
    {
        if (!_testNumbers[field].TryGetValue(test.Key, out int number))
        {
            number = _tests++;
            _testNumbers[field].Add(test.Key, number);
            _fieldTests[field].AddRange((test.Inner ?? [test]).Select(t => (t, number)));
        }

        return number;
    }

    // An alternative is looked at when the condition holds that the fewest others share. One that needs no value is always looked at.
    private MatcherTriggers Triggers(List<Alternative> alternatives)
    {
        int[] uses = new int[_tests];
        foreach (int test in alternatives.SelectMany(static a => a.Conditions).SelectMany(static c => c.Positives))
        {
            uses[test]++;
        }

        List<int>[] ofTests = [.. Enumerable.Range(0, _tests).Select(static _ => new List<int>())];
        List<int>[] ofFields = [.. _fieldTests.Select(static _ => new List<int>())];
        List<int> always = [];
        for (int i = 0; i < alternatives.Count; i++)
        {
            FieldCondition[] needed = [.. alternatives[i].Conditions.Where(static c => !c.AcceptsNone)];
            FieldCondition? rarest = needed.Where(static c => !c.AcceptsAny && c.Negatives.Length == 0)
                .MinBy(c => c.Positives.Sum(t => (long)uses[t]));
            if (rarest is null)
            {
                (needed.Length > 0 ? ofFields[needed[0].Field] : always).Add(i);
                continue;
            }

            foreach (int test in rarest.Positives)
            {
                ofTests[test].Add(i);
            }
        }

        return new MatcherTriggers(
            [.. ofTests.Select(static a => a.ToArray())], [.. ofFields.Select(static a => a.ToArray())], [.. always]);
    }

    private sealed class PathTree
    {
        internal SortedDictionary<string, PathTree> Children { get; } = new(StringComparer.Ordinal);

        internal string? Path { get; private set; }

        internal void Add(string path)
        {
            PathTree tree = this;
            foreach (string name in path.Split('.'))
            {
                if (!tree.Children.TryGetValue(name, out PathTree? child))
                {
                    tree.Children.Add(name, child = new PathTree());
                }

                tree = child;
            }

            tree.Path = path;
        }
    }
}
