namespace CloudObserve.Monitoring.Alarms.Rules;

/// <summary>Represents a part of a composite alarm's rule.</summary>
internal abstract class RuleNode
{
    /// <summary>Returns whether the part is true.</summary>
    /// <param name="states">The states of the rule's alarms.</param>
    internal abstract bool IsTrue(ReadOnlySpan<AlarmState> states);

    internal sealed class Constant(bool value) : RuleNode
    {
        internal override bool IsTrue(ReadOnlySpan<AlarmState> states) => value;
    }

    /// <summary>Tests the state of one alarm.</summary>
    internal sealed class StateTest(int child, AlarmState state) : RuleNode
    {
        internal override bool IsTrue(ReadOnlySpan<AlarmState> states) => states[child] == state;
    }

    internal sealed class Negation(RuleNode operand) : RuleNode
    {
        internal override bool IsTrue(ReadOnlySpan<AlarmState> states) => !operand.IsTrue(states);
    }

    internal sealed class Conjunction(RuleNode[] operands) : RuleNode
    {
        internal override bool IsTrue(ReadOnlySpan<AlarmState> states)
        {
            foreach (RuleNode operand in operands)
            {
                if (!operand.IsTrue(states))
                {
                    return false;
                }
            }

            return true;
        }
    }

    internal sealed class Disjunction(RuleNode[] operands) : RuleNode
    {
        internal override bool IsTrue(ReadOnlySpan<AlarmState> states)
        {
            foreach (RuleNode operand in operands)
            {
                if (operand.IsTrue(states))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Counts alarms in a state, or not in it. An alarm that is listed twice counts twice.</summary>
    internal sealed class AtLeast(int count, bool isNegated, AlarmState state, int[] children) : RuleNode
    {
        internal override bool IsTrue(ReadOnlySpan<AlarmState> states)
        {
            int found = 0;
            foreach (int child in children)
            {
                found += (states[child] == state) != isNegated ? 1 : 0;
            }

            return found >= count;
        }
    }
}
