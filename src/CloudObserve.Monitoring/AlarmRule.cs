using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Rules;

namespace CloudObserve.Monitoring;

/// <summary>Represents the rule of a composite alarm, such as <c>ALARM(cpu) AND NOT ALARM("in deployment")</c>.</summary>
/// <remarks>
/// <c>NOT</c> binds more tightly than <c>AND</c>, and <c>AND</c> more tightly than <c>OR</c>. CloudWatch does not document this, so use
/// parentheses in a rule for both.
/// </remarks>
/// <threadsafety>Instances are immutable. All members can be used by several threads at the same time.</threadsafety>
public sealed class AlarmRule
{
    private readonly RuleNode _root;
    private readonly string _text;

    private AlarmRule(string text, RuleNode root, IReadOnlyList<string> children)
    {
        _text = text;
        _root = root;
        Children = children;
    }

    /// <summary>Gets the alarms that the rule uses, by name or ARN as in the rule, each once and in its order.</summary>
    public IReadOnlyList<string> Children { get; }

    /// <summary>Parses a rule.</summary>
    /// <param name="rule">The rule: 1 to 10,240 characters, at most 100 alarms and at most 500 elements (alarms, constants and pairs of
    /// parentheses).</param>
    /// <returns>The rule.</returns>
    /// <exception cref="AlarmRuleException">The rule is invalid.</exception>
    public static AlarmRule Parse(string rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        RuleParser parser = new(rule);
        return new AlarmRule(rule, parser.Parse(), parser.Children);
    }

    /// <summary>Evaluates the rule.</summary>
    /// <param name="states">The function that returns the state of an alarm by its name. For an ARN, it gets the name in it.</param>
    /// <returns><see cref="AlarmState.Alarm"/> if the rule is true; otherwise <see cref="AlarmState.Ok"/>.</returns>
    public AlarmState Evaluate(Func<string, AlarmState> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        AlarmState[] children = new AlarmState[Children.Count];
        for (int i = 0; i < children.Length; i++)
        {
            children[i] = states(AlarmReference.Of(Children[i]).Name);
        }

        return Evaluate(children);
    }

    /// <summary>Returns the text of the rule.</summary>
    /// <returns>The text that was parsed.</returns>
    public override string ToString() => _text;

    /// <summary>Evaluates the rule on the states of <see cref="Children"/>, in their order. It allocates nothing.</summary>
    internal AlarmState Evaluate(ReadOnlySpan<AlarmState> children) => _root.IsTrue(children) ? AlarmState.Alarm : AlarmState.Ok;
}
