using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using CloudObserve.Filters.Patterns;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters;

/// <summary>Represents a CloudWatch Logs filter pattern, as used by metric filters, subscription filters and Live Tail.</summary>
/// <remarks>
/// It is evaluated in this process. Matching allocates nothing, and its time is proportional to the length of the event, whatever the
/// pattern. Where AWS does not define the meaning, <c>docs/filter-patterns.md</c> lists the choice made here.
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

    /// <summary>Gets the pattern as written.</summary>
    public string Text { get; }

    /// <summary>Gets the language of the pattern.</summary>
    public FilterPatternKind Kind => _syntax.Kind;

    /// <summary>Parses a pattern.</summary>
    /// <param name="pattern">The pattern. An empty one matches every event.</param>
    /// <returns>The pattern, ready to match.</returns>
    /// <exception cref="FilterPatternException">The text is not a valid pattern, or it exceeds a limit of the service.</exception>
    public static FilterPattern Parse(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return TryParse(pattern, out FilterPattern? parsed, out FilterPatternError? error)
            ? parsed : throw new FilterPatternException(error);
    }

    /// <summary>Parses a pattern and returns whether it is valid.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="parsed">The pattern, ready to match.</param>
    /// <param name="error">The position of the fault and what was expected there.</param>
    /// <returns><see langword="true"/> if the pattern is valid.</returns>
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

    /// <summary>Returns whether an event matches.</summary>
    /// <param name="utf8">The event's message. Any bytes are allowed; bytes that are not UTF-8 are compared as they are.</param>
    /// <returns><see langword="true"/> if the event matches.</returns>
    public bool IsMatch(ReadOnlySpan<byte> utf8) => _group.IsMatch(utf8, []);

    /// <summary>Combines the pattern with selectors, so that matching also locates values in the same pass.</summary>
    /// <param name="selectors">
    /// The selectors: <c>$.property</c> for a JSON pattern; for a space-delimited one <c>$field</c>, or the position <c>$7</c> of a field
    /// without a name.
    /// </param>
    /// <returns>The pattern with the selectors.</returns>
    /// <exception cref="FilterPatternException">
    /// A selector is malformed, has a wildcard, or names a field that the pattern does not have.
    /// </exception>
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

    /// <summary>Returns whether the pattern itself uses a selector.</summary>
    /// <remarks>CloudWatch Logs requires this for the dimensions of a metric filter.</remarks>
    /// <param name="selector">The selector, as for <see cref="Select"/>.</param>
    /// <returns><see langword="true"/> if the selector is valid and appears in the pattern.</returns>
    public bool Uses(string selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return CaptureParser.Parse(selector, _syntax, out _) switch
        {
            PropertyCapture property => ((JsonSyntax)_syntax).Condition.Comparisons.Any(
                comparison => property.Path.Equals(comparison.Path)),
            FieldCapture => true,
            _ => false,
        };
    }

    /// <summary>Returns whether a selector names a field that a space-delimited pattern does not have.</summary>
    /// <remarks>CloudWatch Logs accepts such a selector as the value of a metric filter.</remarks>
    internal bool LacksField(string selector) => _syntax is FieldsSyntax
        && selector.StartsWith('$') && PathParser.IsKey(selector.AsSpan(1)) && CaptureParser.Parse(selector, _syntax, out _) is null;

    /// <summary>Gets the fields of an event as <c>TestMetricFilter</c> reports them.</summary>
    /// <param name="utf8">The event's message.</param>
    /// <returns>The fields in order; none if the event does not match or the pattern is not space-delimited.</returns>
    public FilterFields GetFields(ReadOnlySpan<byte> utf8) =>
        _layout is not null && IsMatch(utf8) ? new FilterFields(_layout, utf8) : default;

    /// <summary>Describes in words which events match.</summary>
    /// <returns>Lines of text, indented by their nesting.</returns>
    public IReadOnlyList<string> Explain() => PatternExplainer.Explain(_syntax);

    /// <summary>Returns the canonical form of the pattern, which matches the same events.</summary>
    /// <returns>The canonical form, or the pattern as written if the canonical form is too long for the service.</returns>
    public override string ToString()
    {
        string canonical = PatternPrinter.Print(_syntax);
        return canonical.Length <= FilterPatternLimits.MaxLength ? canonical : Text;
    }

    internal PatternQuery Query(ImmutableArray<CaptureSyntax> captures) => new(_syntax, captures);
}
