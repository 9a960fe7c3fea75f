using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using CloudObserve.Filters.Patterns;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters;

/// <summary>A CloudWatch Logs filter pattern, as metric filters, subscription filters and Live Tail use it, evaluated in this process.</summary>
/// <remarks>
/// Matching allocates nothing and takes a time proportional to the event, whatever the pattern. Where AWS leaves the meaning open, the
/// choice made here is listed in <c>docs/filter-patterns.md</c>.
/// </remarks>
/// <threadsafety>Immutable; one instance may be used by any number of threads.</threadsafety>
[DebuggerDisplay("{Text}")]
public sealed class FilterPattern
{
    private readonly PatternSyntax _syntax;
    private readonly PatternGroup _group;
    private readonly FieldLayout? _layout;

    private FilterPattern(string text, PatternSyntax syntax)
    {
        Text = text;
        _syntax = syntax;
        _group = new PatternGroup(Query([]));
        _layout = syntax is FieldsSyntax fields ? new FieldLayout(fields) : null;
    }

    /// <summary>Gets the pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Gets the language of the pattern.</summary>
    public FilterPatternKind Kind => _syntax.Kind;

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern. An empty one matches every event.</param>
    /// <returns>The pattern, ready to match.</returns>
    /// <exception cref="FilterPatternException">The text is no pattern, or exceeds a limit of the service.</exception>
    public static FilterPattern Parse(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return TryParse(pattern, out FilterPattern? parsed, out FilterPatternError? error) ? parsed : throw new FilterPatternException(error);
    }

    /// <summary>Reads a pattern, if it is one.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="parsed">The pattern, ready to match.</param>
    /// <param name="error">Where the text stops being a pattern, and what was expected there.</param>
    /// <returns>Whether the text is a pattern.</returns>
    public static bool TryParse(
        [NotNullWhen(true)] string? pattern,
        [NotNullWhen(true)] out FilterPattern? parsed,
        [NotNullWhen(false)] out FilterPatternError? error)
    {
        error = pattern is null ? new FilterPatternError(string.Empty, 0, "expected a pattern, but found null") : null;
        PatternSyntax? syntax = pattern is null ? null : PatternParser.Parse(pattern, out error);
        parsed = syntax is null ? null : new FilterPattern(pattern!, syntax);
        return syntax is not null;
    }

    /// <summary>Says whether an event matches.</summary>
    /// <param name="utf8">The event's message. Any bytes will do; what is not UTF-8 is compared byte by byte.</param>
    /// <returns>Whether it matches.</returns>
    public bool IsMatch(ReadOnlySpan<byte> utf8) => _group.IsMatch(utf8, []);

    /// <summary>Prepares to take values from the events that match, in the same pass.</summary>
    /// <param name="selectors">For a JSON pattern <c>$.property</c>, for a space-delimited one <c>$field</c> or, for one without a name, its position, <c>$7</c>.</param>
    /// <returns>The pattern together with the selectors.</returns>
    /// <exception cref="FilterPatternException">A selector is malformed, has a wildcard, or names a field that the pattern does not have.</exception>
    public FilterExtractor Select(params ReadOnlySpan<string> selectors)
    {
        ImmutableArray<CaptureSyntax>.Builder captures = ImmutableArray.CreateBuilder<CaptureSyntax>(selectors.Length);
        foreach (string selector in selectors)
        {
            ArgumentNullException.ThrowIfNull(selector, nameof(selectors));
            captures.Add(CaptureParser.Parse(selector, _syntax, out FilterPatternError? error) ?? throw new FilterPatternException(error!));
        }

        return new FilterExtractor(this, Query(captures.MoveToImmutable()));
    }

    /// <summary>Says whether a selector is one of those that the pattern itself uses, as CloudWatch Logs asks of a metric filter's dimensions.</summary>
    /// <param name="selector">The selector, as for <see cref="Select"/>.</param>
    /// <returns>Whether it can be selected and appears in the pattern.</returns>
    public bool Uses(string selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return CaptureParser.Parse(selector, _syntax, out _) switch
        {
            PropertyCapture property => ((JsonSyntax)_syntax).Condition.Comparisons.Any(comparison => property.Path.Equals(comparison.Path)),
            FieldCapture => true,
            _ => false,
        };
    }

    /// <summary>Tells whether a selector asks a space-delimited pattern for a field that it does not have. CloudWatch Logs lets a metric filter take its value from such.</summary>
    internal bool LacksField(string selector) => _syntax is FieldsSyntax
        && selector.StartsWith('$') && PathParser.IsKey(selector.AsSpan(1)) && CaptureParser.Parse(selector, _syntax, out _) is null;

    /// <summary>Gets the fields of an event as <c>TestMetricFilter</c> reports them.</summary>
    /// <param name="utf8">The event's message.</param>
    /// <returns>The fields in order; none if the event does not match or the pattern is not space-delimited.</returns>
    public FilterFields GetFields(ReadOnlySpan<byte> utf8) =>
        _layout is not null && IsMatch(utf8) ? new FilterFields(_layout, utf8) : default;

    /// <summary>Says in words which events match.</summary>
    /// <returns>Lines of text, indented by their nesting.</returns>
    public IReadOnlyList<string> Explain() => PatternExplainer.Explain(_syntax);

    /// <summary>Gets the canonical form of the pattern, which matches the same events.</summary>
    /// <returns>The canonical form; the pattern as it was written when that is the only one short enough for the service.</returns>
    public override string ToString()
    {
        string canonical = PatternPrinter.Print(_syntax);
        return canonical.Length <= FilterPatternLimits.MaxLength ? canonical : Text;
    }

    internal PatternQuery Query(ImmutableArray<CaptureSyntax> captures) => new(_syntax, captures);
}
