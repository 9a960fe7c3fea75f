using CloudObserve.Monitoring.Expressions.Functions;

namespace CloudObserve.Monitoring.Expressions;

/// <summary>Compiles an expression to instructions.</summary>
/// <remarks>
/// Operators bind in this order, the tightest first: unary <c>-</c>; <c>^</c>, from right to left; <c>* /</c>; <c>+ -</c>; comparisons;
/// <c>AND</c>; <c>OR</c>. CloudWatch documents no order.
/// </remarks>
internal sealed class MathParser
{
    // Bounds the recursion of the parser. The length of an expression bounds everything else.
    private const int MaxDepth = 200;

    private const int PowerPrecedence = 6;

    private readonly string _text;
    private readonly MathLexer _lexer;
    private readonly List<MathInstruction> _instructions = [];
    private readonly List<string> _references = [];
    private MathToken _token;
    private int _depth;

    internal MathParser(string text)
    {
        _text = text;
        _lexer = new MathLexer(text);
    }

    /// <summary>Compiles the expression.</summary>
    /// <exception cref="MathException">The expression is invalid.</exception>
    internal MathProgram Parse()
    {
        if (_text.Length > MathProgram.MaxLength)
        {
            throw new MathException(
                MathProgram.MaxLength, $"the expression has {_text.Length} characters, but at most {MathProgram.MaxLength} are allowed");
        }

        Advance();
        Expression(0);
        return _token.Kind == MathTokenKind.End
            ? new MathProgram(_text, _instructions, _references)
            : throw Expected("an operator or the end of the expression");
    }

    private void Expression(int minPrecedence)
    {
        if (++_depth > MaxDepth)
        {
            throw new MathException(_token.Position, $"the expression is nested more than {MaxDepth} levels deep");
        }

        int first = _instructions.Count;
        Unary();
        while (OperatorOf(_token) is { } found && found.Precedence >= minPrecedence)
        {
            int position = _token.Position;
            Advance();
            Expression(found.Precedence == PowerPrecedence ? PowerPrecedence : found.Precedence + 1);
            _instructions.Add(new MathInstruction(found.Operation, position) { Operands = 2, FirstOperand = first });
        }

        _depth--;
    }

    // A loop, so that a long row of signs needs no recursion.
    private void Unary()
    {
        int first = _instructions.Count;
        Stack<int> signs = new();
        while (_token.Is("-"))
        {
            signs.Push(_token.Position);
            Advance();
        }

        Primary();
        while (signs.TryPop(out int position))
        {
            _instructions.Add(new MathInstruction(MathOperation.Negate, position) { Operands = 1, FirstOperand = first });
        }
    }

    private void Primary()
    {
        MathToken token = _token;
        if (token.Kind == MathTokenKind.Number)
        {
            Advance();
            _instructions.Add(new MathInstruction(MathOperation.Number, token.Position) { Number = token.Number });
        }
        else if (token.Is("("))
        {
            Advance();
            Expression(0);
            Take(")", "an operator or ')'");
        }
        else if (token.Is("["))
        {
            MakeArray();
        }
        else if (token.Kind == MathTokenKind.Name && OperatorOf(token) is null)
        {
            Name();
        }
        else
        {
            throw Expected("a number, an id, a function, '(' or '['");
        }
    }

    private void MakeArray()
    {
        int first = _instructions.Count;
        int position = _token.Position;
        int count = 0;
        do
        {
            Advance();
            Expression(0);
            count++;
        }
        while (_token.Is(","));
        Take("]", "an operator, ',' or ']'");
        _instructions.Add(new MathInstruction(MathOperation.MakeArray, position) { Operands = count, FirstOperand = first });
    }

    private void Name()
    {
        MathToken name = _token;
        Advance();
        if (_token.Is("("))
        {
            Call(name);
        }
        else if (MathFunctions.Find(name.Text) is not null)
        {
            throw Expected($"'(' after the function {name.Text}");
        }
        else if (!char.IsAsciiLetterLower(name.Text[0]))
        {
            throw new MathException(name.Position, $"'{name.Text}' is not an id: an id begins with a lower-case letter");
        }
        else
        {
            _instructions.Add(new MathInstruction(MathOperation.Reference, name.Position) { Reference = ReferenceTo(name.Text) });
        }
    }

    private int ReferenceTo(string id)
    {
        int index = _references.IndexOf(id);
        if (index < 0)
        {
            index = _references.Count;
            _references.Add(id);
        }

        return index;
    }

    private void Call(MathToken name)
    {
        MathFunction function = MathFunctions.Find(name.Text) ?? throw NotFound(name);
        if (function.Refusal is { } refusal)
        {
            throw new MathException(name.Position, $"the function {function.Name} is not supported: {refusal}");
        }

        int first = _instructions.Count;
        int operands = 0;
        List<string> literals = [];
        Advance();
        for (int i = 0; !_token.Is(")"); i++)
        {
            if (i > 0)
            {
                Take(",", "an operator, ',' or ')'");
            }

            if (i == function.Parameters.Count)
            {
                throw new MathException(_token.Position, $"the function {function.Name} takes {function.DescribeCount()}");
            }

            operands += Argument(function, function.Parameters[i], literals);
        }

        if (operands + literals.Count < function.Required)
        {
            throw Expected($"{function.Parameters[operands + literals.Count].Describe()} for the function {function.Name}");
        }

        Advance();
        _instructions.Add(new MathInstruction(MathOperation.Call, name.Position)
        {
            Function = function,
            Operands = operands,
            Literals = literals,
            FirstOperand = first,
        });
    }

    // Returns the number of values that the argument puts on the stack: none for a literal.
    private int Argument(MathFunction function, MathParameter parameter, List<string> literals)
    {
        if (parameter.Literal == LiteralKind.None && !parameter.Keywords.Contains(_token.Text))
        {
            if (parameter.Types == MathType.None)
            {
                throw Expected($"{parameter.Describe()} for the function {function.Name}");
            }

            Expression(0);
            return 1;
        }

        if (!parameter.Accepts(_token))
        {
            throw Expected($"{parameter.Describe()} for the function {function.Name}");
        }

        if (parameter.Literal == LiteralKind.Id)
        {
            _ = ReferenceTo(_token.Text);
        }

        literals.Add(_token.Text);
        Advance();
        return 0;
    }

    private static MathException NotFound(MathToken name)
    {
        // CloudWatch's own words.
        string message = $"Function '{name.Text}' not found";
        string upper = name.Text.ToUpperInvariant();
        return MathFunctions.Find(upper) is not null && upper != name.Text
            ? new MathException(name.Position, $"{message}; functions are written in upper case: {upper}")
            : new MathException(name.Position, message) { IsOfService = true };
    }

    private static (MathOperation Operation, int Precedence)? OperatorOf(MathToken token) => (token.Kind, token.Text) switch
    {
        (MathTokenKind.Name, "OR") or (MathTokenKind.Symbol, "||") => (MathOperation.Or, 1),
        (MathTokenKind.Name, "AND") or (MathTokenKind.Symbol, "&&") => (MathOperation.And, 2),
        (MathTokenKind.Symbol, "==") => (MathOperation.Equal, 3),
        (MathTokenKind.Symbol, "!=") => (MathOperation.NotEqual, 3),
        (MathTokenKind.Symbol, "<") => (MathOperation.Less, 3),
        (MathTokenKind.Symbol, "<=") => (MathOperation.LessOrEqual, 3),
        (MathTokenKind.Symbol, ">") => (MathOperation.Greater, 3),
        (MathTokenKind.Symbol, ">=") => (MathOperation.GreaterOrEqual, 3),
        (MathTokenKind.Symbol, "+") => (MathOperation.Add, 4),
        (MathTokenKind.Symbol, "-") => (MathOperation.Subtract, 4),
        (MathTokenKind.Symbol, "*") => (MathOperation.Multiply, 5),
        (MathTokenKind.Symbol, "/") => (MathOperation.Divide, 5),
        (MathTokenKind.Symbol, "^") => (MathOperation.Power, PowerPrecedence),
        _ => null,
    };

    private void Advance() => _token = _lexer.Next();

    private void Take(string symbol, string expected)
    {
        if (!_token.Is(symbol))
        {
            throw Expected(expected);
        }

        Advance();
    }

    private MathException Expected(string expected) => new(_token.Position, $"expected {expected}, but found {_token.Describe()}");
}
