using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using CloudObserve.Monitoring.Events.Patterns;

namespace CloudObserve.Events;

/// <summary>Represents an event pattern of Amazon EventBridge, which selects events by their fields.</summary>
/// <remarks>
/// It is evaluated in this process. Matching reads the event's UTF-8 without building a document and allocates nothing once the buffers of
/// the thread have grown to the event's size. Its time is proportional to the length of the event. <c>docs/events.md</c> lists the
/// language and the choices made where AWS does not define it.
/// </remarks>
/// <threadsafety>Instances are immutable. All members can be used by several threads at the same time.</threadsafety>
[DebuggerDisplay("{Text}")]
public sealed class EventPattern
{
    private readonly EventMatcher _matcher;

    private EventPattern(string text, PatternSyntax syntax)
    {
        Text = text;
        Syntax = syntax;
        _matcher = MatcherBuilder.Build([syntax]);
    }

    /// <summary>Gets the pattern as written.</summary>
    public string Text { get; }

    internal PatternSyntax Syntax { get; }

    /// <summary>Parses a pattern.</summary>
    /// <param name="pattern">The pattern: a JSON object of at most 4,096 UTF-8 bytes.</param>
    /// <returns>The pattern, ready to match.</returns>
    /// <exception cref="EventPatternException">The text is not a valid pattern.</exception>
    public static EventPattern Parse(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return TryParse(pattern, out EventPattern? parsed, out EventPatternError? error) ? parsed : throw new EventPatternException(error);
    }

    /// <summary>Parses a pattern and returns whether it is valid.</summary>
    /// <param name="pattern">The pattern: a JSON object of at most 4,096 UTF-8 bytes.</param>
    /// <param name="parsed">The pattern, ready to match.</param>
    /// <param name="error">The reason in EventBridge's words, and its position.</param>
    /// <returns><see langword="true"/> if the pattern is valid.</returns>
    public static bool TryParse(
        [NotNullWhen(true)] string? pattern,
        [NotNullWhen(true)] out EventPattern? parsed,
        [NotNullWhen(false)] out EventPatternError? error)
    {
        PatternSyntax? syntax = PatternParser.Parse(pattern ?? string.Empty, out error);
        parsed = syntax is null ? null : new EventPattern(pattern!, syntax);
        return parsed is not null;
    }

    /// <summary>Returns whether an event matches.</summary>
    /// <param name="utf8">
    /// The event: a JSON object with the envelope and the detail, nested in at most 1,000 levels. Of repeated keys, the last counts.
    /// </param>
    /// <returns><see langword="true"/> if the event matches. A text that is not a JSON object matches no pattern.</returns>
    public bool IsMatch(ReadOnlySpan<byte> utf8)
    {
        MatchState state = MatchState.Rent(_matcher);
        try
        {
            return _matcher.Read(utf8, state) && _matcher.IsMatch(state);
        }
        finally
        {
            state.Clear();
        }
    }

    /// <summary>Explains in words why an event does not match.</summary>
    /// <param name="utf8">The event, as for <see cref="IsMatch"/>.</param>
    /// <returns>
    /// The first field that did not match, with the test and the values of the event; <see langword="null"/> if the event matches.
    /// </returns>
    public string? Explain(ReadOnlySpan<byte> utf8)
    {
        MatchState state = MatchState.Rent(_matcher);
        try
        {
            return !_matcher.Read(utf8, state) ? "the event is not a JSON object of at most 1,000 levels"
                : _matcher.IsMatch(state) ? null
                : PatternExplainer.Explain(_matcher, state, utf8);
        }
        finally
        {
            state.Clear();
        }
    }

    /// <summary>Returns the pattern as written.</summary>
    /// <returns>The value of <see cref="Text"/>.</returns>
    public override string ToString() => Text;
}
