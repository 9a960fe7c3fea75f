using System.Text;
using CloudObserve.Monitoring.Patterns;

namespace CloudObserve.Insights;

/// <summary>Finds the patterns of log messages: texts that are alike but for their values.</summary>
/// <remarks>
/// <para>
/// Each message is reduced to its shape as it is added. Numbers, addresses, paths, times and identifiers are recognized as values by their
/// form. <see cref="Find"/> then compares the shapes, and finds values that look like text, such as the names of users and hosts.
/// </para>
/// <para>
/// Memory depends on the number of distinct shapes, not on the number of messages. At most 16,384 shapes are held, with 524,288 words,
/// spaces and delimiters. When more arrive, alike ones are joined early. Messages of further shapes count in
/// <see cref="UngroupedCount"/>, and have the pattern <c>&lt;Token-1&gt;</c>.
/// </para>
/// </remarks>
/// <threadsafety>Instances are not thread-safe: one thread at a time may use a miner.</threadsafety>
public sealed class LogPatternMiner
{
    internal const int MaxShapes = 16_384;

    // The tokens of all signatures. They decide how much memory and time it takes to compare the shapes.
    private const int MaxHeldTokens = 1 << 19;

    // Each new shape gets a number, also after earlier ones were joined.
    private const int MaxNumbers = 1 << 20;

    private readonly WordTable _words = new();
    private readonly MessageScanner _scanner;
    private readonly int[] _signature = new int[MessageScanner.MaxTokens];
    private readonly int _maxShapes;
    private readonly List<int> _shapeOfNumber = [];
    private List<Shape> _shapes = [];
    private Dictionary<int[], int> _numbers = new(SignatureComparer.Instance);
    private int _heldTokens;
    private int _ungrouped = -1;
    private bool _isFull;

    /// <summary>Creates a miner without messages.</summary>
    public LogPatternMiner()
        : this(MaxShapes)
    {
    }

    internal LogPatternMiner(int maxShapes)
    {
        _scanner = new MessageScanner(_words);
        _maxShapes = maxShapes;
    }

    /// <summary>Gets the number of messages added.</summary>
    public long MessageCount { get; private set; }

    /// <summary>Gets the number of messages that could not be grouped, because there were too many distinct shapes.</summary>
    public long UngroupedCount { get; private set; }

    /// <summary>Adds a message.</summary>
    /// <param name="message">The message as UTF-8. Up to 512 words, spaces and delimiters of it count.</param>
    /// <param name="timestamp">The time of the message, or <see langword="null"/>.</param>
    /// <returns>
    /// The number of the shape, for <see cref="LogPatterns.IndexOf"/>. Alike messages can have different shapes and one pattern.
    /// </returns>
    public int Add(ReadOnlySpan<byte> message, DateTimeOffset? timestamp = null)
    {
        MessageCount++;
        _scanner.Scan(message);
        ReadOnlySpan<int> signature = _signature.AsSpan(0, Signature.Reduce(_scanner.Tokens, _signature, _words));
        if (!_numbers.GetAlternateLookup<ReadOnlySpan<int>>().TryGetValue(signature, out int number))
        {
            number = AddShape(signature, message);
        }

        _shapes[_shapeOfNumber[number]].Add(_scanner, timestamp);
        UngroupedCount += number == _ungrouped ? 1 : 0;
        return number;
    }

    /// <summary>Finds the patterns of the messages added so far. More messages can be added afterwards.</summary>
    /// <returns>The patterns.</returns>
    public LogPatterns Find()
    {
        PatternText text = new(_words);
        (Shape Shape, IReadOnlyList<int> Members)[] groups =
        [
            .. new ShapeMerger(_words).Merge(_shapes).OrderByDescending(g => g.Count).ThenBy(g => g.First)
                .Select(g => (Shape.Join(g.Signature, [.. g.Shapes.Select(s => _shapes[s])]), (IReadOnlyList<int>)g.Shapes)),
        ];
        int[] patternOfShape = new int[_shapes.Count];
        for (int i = 0; i < groups.Length; i++)
        {
            foreach (int shape in groups[i].Members)
            {
                patternOfShape[shape] = i;
            }
        }

        return new LogPatterns([.. groups.Select(g => Describe(g.Shape, text))], [.. _shapeOfNumber.Select(s => patternOfShape[s])]);
    }

    private LogPattern Describe(Shape shape, PatternText text) => new(
        text.Write(shape),
        shape.Count,
        (double)shape.Count / MessageCount,
        text.Severity(shape),
        Encoding.UTF8.GetString(shape.Sample),
        shape.FirstSeen,
        shape.LastSeen);

    private int AddShape(ReadOnlySpan<int> signature, ReadOnlySpan<byte> message)
    {
        if (!_isFull && (_shapes.Count >= _maxShapes || _heldTokens + signature.Length > MaxHeldTokens))
        {
            JoinAlikeShapes();
        }

        if (_isFull && _ungrouped >= 0)
        {
            return _ungrouped;
        }

        // The shape of what cannot be grouped is a single value.
        int[] key = _isFull ? [WordTable.Value] : signature.ToArray();
        if (_isFull && _numbers.TryGetValue(key, out _ungrouped))
        {
            return _ungrouped;
        }

        int number = _shapeOfNumber.Count;
        _shapeOfNumber.Add(_shapes.Count);
        _shapes.Add(new Shape(key, _scanner, message));
        _numbers.Add(key, number);
        _heldTokens += key.Length;
        _ungrouped = _isFull ? number : -1;
        return number;
    }

    // Shapes that were joined are found again by their common signature alone. When joining no longer helps, no more shapes are held.
    private void JoinAlikeShapes()
    {
        int[] newPlaces = new int[_shapes.Count];
        List<Shape> joined = [];
        Dictionary<int[], int> places = new(SignatureComparer.Instance);
        foreach (ShapeMerger.Group group in new ShapeMerger(_words).Merge(_shapes))
        {
            group.Shapes.ForEach(s => newPlaces[s] = joined.Count);
            places.Add(group.Signature, joined.Count);
            joined.Add(Shape.Join(group.Signature, [.. group.Shapes.Select(s => _shapes[s])]));
        }

        _shapes = joined;
        for (int i = 0; i < _shapeOfNumber.Count; i++)
        {
            _shapeOfNumber[i] = newPlaces[_shapeOfNumber[i]];
        }

        _numbers = new Dictionary<int[], int>(SignatureComparer.Instance);
        for (int number = _shapeOfNumber.Count - 1; number >= 0; number--)
        {
            _numbers[joined[_shapeOfNumber[number]].Signature] = number;
        }

        _heldTokens = joined.Sum(static shape => shape.Signature.Length);
        _isFull = joined.Count > _maxShapes / 4 * 3 || _heldTokens > MaxHeldTokens / 4 * 3 || _shapeOfNumber.Count >= MaxNumbers;
    }
}
