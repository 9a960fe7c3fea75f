using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Parses a term pattern such as <c>ERROR "disk full" -retry</c>.</summary>
internal sealed class TermsParser(PatternCursor cursor)
{
    // The limit of two regular expressions does not apply to term patterns.
    private readonly OperandParser _operands = new(cursor, int.MaxValue);

    internal TermsSyntax? Parse()
    {
        ImmutableArray<TermSyntax>.Builder terms = ImmutableArray.CreateBuilder<TermSyntax>();
        while (!cursor.AtEnd)
        {
            TermSyntax? term = Term();
            if (term is null || !SeparatedFromNext())
            {
                return null;
            }

            terms.Add(term);
        }

        return new TermsSyntax(terms.ToImmutable());
    }

    private bool SeparatedFromNext()
    {
        bool isSeparate = cursor.AtEnd || PatternCursor.IsBlank(cursor.Current);
        cursor.SkipBlanks();
        return isSeparate || cursor.Fail(
            $"expected a blank between terms, but found {cursor.Found()}; a term of other characters than letters, digits and '_' goes in "
                + $"quotation marks",
            service: cursor.InvalidTerm(cursor.Position));
    }

    private TermSyntax? Term()
    {
        TermMode mode = cursor.TryTake('-') ? TermMode.Excluded : cursor.TryTake('?') ? TermMode.Optional : TermMode.Required;
        if (mode == TermMode.Excluded)
        {
            // An older edition of AWS's guide shows a blank after the minus sign.
            cursor.SkipBlanks();
        }

        Operand? operand = cursor.Current switch
        {
            '"' => _operands.Quoted(),
            '%' => _operands.Regex(),
            _ => Bareword(),
        };
        return operand is null ? null : new TermSyntax(mode, operand);
    }

    private TextOperand? Bareword()
    {
        string word = cursor.TakeBareword();
        if (word.Length == 0)
        {
            cursor.Fail($"expected a word, a text in quotation marks or a regular expression between % signs, but found {cursor.Found()}",
                service: cursor.InvalidTerm(cursor.Position));
            return null;
        }

        return new TextOperand(word);
    }
}
