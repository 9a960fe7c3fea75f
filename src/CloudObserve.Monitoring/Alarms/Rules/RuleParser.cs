using System.Globalization;

namespace CloudObserve.Monitoring.Alarms.Rules;

/// <summary>Parses the rule of a composite alarm. The faults are in CloudWatch's words.</summary>
/// <remarks>The recursion is as deep as the parentheses, and their number is limited.</remarks>
internal ref struct RuleParser
{
    private const int MaxLength = 10_240;
    private const int MaxChildren = 100;
    private const int MaxElements = 500;
    private const int MaxNumberLength = 9;

    private const string OperandWanted = "'(', 'NOT', AT_LEAST, TRUE or FALSE, ALARM, OK, or INSUFFICIENT_DATA";
    private const string StateWanted = "ALARM, OK, or INSUFFICIENT_DATA";
    private const string NameWanted = "ALARM NAME or ALARM ARN";

    private readonly string _rule;
    private readonly List<string> _children = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private RuleScanner _scanner;
    private int _elements = 0;

    internal RuleParser(string rule)
    {
        _rule = rule;
        _scanner = new RuleScanner(rule);
    }

    /// <summary>Gets the alarms of the rule.</summary>
    internal readonly IReadOnlyList<string> Children => _children;

    /// <exception cref="AlarmRuleException">The rule is invalid.</exception>
    internal RuleNode Parse()
    {
        if (_rule.Length > MaxLength)
        {
            throw new AlarmRuleException($"The rule has {_rule.Length} characters, but may have at most {MaxLength}", MaxLength);
        }

        _scanner.Advance();
        RuleNode root = Disjunction();
        return _scanner.Is(RuleScanner.End) ? root : throw AfterOperand(RuleScanner.End);
    }

    private RuleNode Disjunction()
    {
        List<RuleNode> operands = [Conjunction()];
        while (Accept("OR"))
        {
            operands.Add(Conjunction());
        }

        return operands.Count == 1 ? operands[0] : new RuleNode.Disjunction([.. operands]);
    }

    private RuleNode Conjunction()
    {
        List<RuleNode> operands = [Negation()];
        while (Accept("AND"))
        {
            operands.Add(Negation());
        }

        return operands.Count == 1 ? operands[0] : new RuleNode.Conjunction([.. operands]);
    }

    // A loop, because a rule may consist of thousands of NOT.
    private RuleNode Negation()
    {
        bool isNegated = false;
        while (Accept("NOT"))
        {
            isNegated = !isNegated;
        }

        RuleNode operand = Operand();
        return isNegated ? new RuleNode.Negation(operand) : operand;
    }

    private RuleNode Operand()
    {
        if (_scanner.Is("("))
        {
            CountElement();
            _scanner.Advance();
            RuleNode inner = Disjunction();
            return Accept(")") ? inner : throw AfterOperand("')'");
        }

        if (_scanner.Is("TRUE") || _scanner.Is("FALSE"))
        {
            CountElement();
            bool value = _scanner.Is("TRUE");
            _scanner.Advance();
            return new RuleNode.Constant(value);
        }

        if (_scanner.Is("AT_LEAST"))
        {
            return AtLeast();
        }

        return AlarmStates.Parse(_scanner.Token) is { } state ? StateTest(state) : throw Unsupported(OperandWanted);
    }

    private RuleNode.StateTest StateTest(AlarmState state)
    {
        _scanner.Advance();
        Expect("(", "'('", advance: false);
        int child = Name();
        Expect(")", "')'");
        return new RuleNode.StateTest(child, state);
    }

    // AT_LEAST(2, NOT OK, (a, b, c)) or AT_LEAST(50%, ALARM, (a, b)).
    private RuleNode.AtLeast AtLeast()
    {
        int start = _scanner.Position;
        _scanner.Advance();
        Expect("(", "'('");
        int number = Number(out bool isPercentage);
        Expect(",", "','");
        bool isNegated = Accept("NOT");
        AlarmState state = AlarmStates.Parse(_scanner.Token) ?? throw Unsupported(isNegated ? StateWanted : $"'NOT', {StateWanted}");
        _scanner.Advance();
        Expect(",", "','");
        int[] children = Names();
        Expect(")", "')'");
        int count = isPercentage ? Share(number, children.Length, start) : number;
        return count >= 1 && count <= children.Length
            ? new RuleNode.AtLeast(count, isNegated, state, children)
            : throw new AlarmRuleException(
                $"AT_LEAST absolute threshold must be between 1 and number of alarms ({children.Length})", start);
    }

    private static int Share(int percentage, int children, int position) => percentage is >= 1 and <= 100
        ? ((percentage * children) + 99) / 100
        : throw new AlarmRuleException("AT_LEAST percentage threshold must be between 1 and 100", position);

    private int Number(out bool isPercentage)
    {
        ReadOnlySpan<char> token = _scanner.Token;
        isPercentage = token is [.., '%'];
        ReadOnlySpan<char> digits = isPercentage ? token[..^1] : token;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            throw Unsupported("NUMBER, PERCENTAGE NUMBER");
        }

        // Out of every range, and not out of the range of the type.
        int number = digits.Length > MaxNumberLength ? int.MaxValue : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        _scanner.Advance();
        return number;
    }

    private int[] Names()
    {
        Expect("(", "'('", advance: false);
        List<int> children = [Name()];
        while (_scanner.Is(","))
        {
            children.Add(Name());
        }

        Expect(")", "',', ')'");
        return [.. children];
    }

    // The present token is the one before the name. A name without quotes has no blanks, parentheses and commas, and is no keyword.
    private int Name()
    {
        CountElement();
        string? name = _scanner.QuotedName();
        if (name is null)
        {
            _scanner.Advance();
            name = _scanner.IsKeyword ? throw Unsupported(NameWanted) : _scanner.Token.ToString();
        }

        _scanner.Advance();
        if (_indexes.TryGetValue(name, out int index))
        {
            return index;
        }

        if (_children.Count == MaxChildren)
        {
            throw new AlarmRuleException($"The rule uses more than {MaxChildren} alarms", _scanner.Position);
        }

        _indexes.Add(name, _children.Count);
        _children.Add(name);
        return _children.Count - 1;
    }

    private void CountElement()
    {
        if (++_elements > MaxElements)
        {
            throw new AlarmRuleException($"The rule has more than {MaxElements} elements", _scanner.Position);
        }
    }

    private bool Accept(string token)
    {
        bool isFound = _scanner.Is(token);
        if (isFound)
        {
            _scanner.Advance();
        }

        return isFound;
    }

    private void Expect(string token, string wanted, bool advance = true)
    {
        if (!_scanner.Is(token))
        {
            throw Unsupported(wanted);
        }

        if (advance)
        {
            _scanner.Advance();
        }
    }

    // CloudWatch names the operators only if the token is not one of the language.
    private readonly AlarmRuleException AfterOperand(string end) => Unsupported(_scanner.IsKeyword ? end : $"{end}, 'AND', 'OR'");

    private readonly AlarmRuleException Unsupported(string wanted) =>
        new($"Unsupported token '{_scanner.Token}' at char {_scanner.Position}, must be: {wanted}", _scanner.Position);
}
