using System.Text;

namespace CloudObserve.Monitoring.Expressions.Search;

/// <summary>Parses search expressions: <c>{Namespace, Dimension} term</c>.</summary>
internal sealed class SearchParser(string text)
{
    // Bounds the recursion. The length of the text bounds everything else.
    private const int MaxDepth = 100;

    private int _position;
    private int _depth;

    /// <summary>Parses the text.</summary>
    /// <exception cref="MathException">The text is invalid.</exception>
    internal SearchQuery Parse()
    {
        if (text.Length > SearchQuery.MaxLength)
        {
            throw new MathException(
                SearchQuery.MaxLength, $"it has {text.Length} characters, but at most {SearchQuery.MaxLength} are allowed");
        }

        List<string> schema = [];
        SkipBlanks();
        if (At('{'))
        {
            ReadSchema(schema);
        }

        SearchTerm? term = IsEnd ? null : AnyOf();
        if (!IsEnd)
        {
            throw Fault($"expected a term or the end, but found '{text[_position]}'");
        }

        return schema.Count == 0 && term is null
            ? throw Fault("expected a metric schema such as {Namespace, Dimension}, or a term to search for")
            : new SearchQuery(schema.Count > 0 ? schema[0] : null, [.. schema.Skip(1)], term);
    }

    private bool IsEnd => _position == text.Length;

    private void ReadSchema(List<string> schema)
    {
        do
        {
            _position++;
            SkipBlanks();
            string name = At('"') ? Quoted() : Unquoted(static value => value is ',' or '}' or '"').TrimEnd();
            if (name.Length == 0)
            {
                throw Fault("expected the name of a namespace or dimension");
            }

            schema.Add(name);
            SkipBlanks();
        }
        while (At(','));
        if (!At('}'))
        {
            throw Fault("expected ',' or '}' after a name in the metric schema");
        }

        _position++;
        SkipBlanks();
        if (At(','))
        {
            _position++;
            SkipBlanks();
        }
    }

    private SearchTerm AnyOf()
    {
        if (++_depth > MaxDepth)
        {
            throw Fault($"the terms are nested more than {MaxDepth} levels deep");
        }

        List<SearchTerm> terms = [AllOf()];
        while (TakeWord("OR"))
        {
            terms.Add(AllOf());
        }

        _depth--;
        return terms.Count == 1 ? terms[0] : new SearchTerm.Any(terms);
    }

    // A blank between two terms means AND.
    private SearchTerm AllOf()
    {
        List<SearchTerm> terms = [Single()];
        while (!IsEnd && !At(')') && !IsWord("OR"))
        {
            _ = TakeWord("AND");
            terms.Add(Single());
        }

        return terms.Count == 1 ? terms[0] : new SearchTerm.All(terms);
    }

    private SearchTerm Single()
    {
        bool isNegated = false;
        while (TakeWord("NOT"))
        {
            isNegated = !isNegated;
        }

        SearchTerm term = At('(') ? Group() : Part();
        SkipBlanks();
        return isNegated ? new SearchTerm.Not(term) : term;
    }

    private SearchTerm Group()
    {
        _position++;
        SkipBlanks();
        SearchTerm term = AnyOf();
        if (!At(')'))
        {
            throw Fault("expected a term or ')'");
        }

        _position++;
        return term;
    }

    private SearchTerm.Part Part()
    {
        if (IsEnd || At(')') || IsWord("AND") || IsWord("OR"))
        {
            throw Fault("expected a term");
        }

        bool isExact = At('"');
        string first = isExact ? Quoted() : Unquoted(IsEndOfWord);
        if (!At('='))
        {
            return new SearchTerm.Part(null, first, isExact);
        }

        _position++;
        if (first.Length == 0 || IsEnd || IsEndOfWord(text[_position]))
        {
            throw Fault("expected the name of a property before '=' and a term after it");
        }

        isExact = At('"');
        return new SearchTerm.Part(first, isExact ? Quoted() : Unquoted(static value => IsEndOfWord(value) && value != '='), isExact);
    }

    private static bool IsEndOfWord(char value) => char.IsWhiteSpace(value) || value is '(' or ')' or '=';

    // A backslash before a character means the character itself.
    private string Unquoted(Func<char, bool> isEnd)
    {
        StringBuilder word = new();
        while (!IsEnd && !isEnd(text[_position]))
        {
            SkipBackslash();
            _ = word.Append(text[_position++]);
        }

        return word.ToString();
    }

    private string Quoted()
    {
        int start = _position++;
        StringBuilder word = new();
        while (!IsEnd && !At('"'))
        {
            SkipBackslash();
            _ = word.Append(text[_position++]);
        }

        if (IsEnd)
        {
            throw new MathException(start, "the text that begins with \" has no end; expected a second \"");
        }

        _position++;
        return word.ToString();
    }

    private void SkipBackslash()
    {
        if (At('\\') && _position + 1 < text.Length)
        {
            _position++;
        }
    }

    private bool TakeWord(string word)
    {
        bool isNext = IsWord(word);
        if (isNext)
        {
            _position += word.Length;
            SkipBlanks();
        }

        return isNext;
    }

    // Operators are upper-case words.
    private bool IsWord(string word)
    {
        int end = _position + word.Length;
        return string.CompareOrdinal(text, _position, word, 0, word.Length) == 0
            && (end == text.Length || char.IsWhiteSpace(text[end]) || text[end] is '(' or ')' or '"');
    }

    private bool At(char value) => !IsEnd && text[_position] == value;

    private void SkipBlanks()
    {
        while (!IsEnd && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }
    }

    private MathException Fault(string message) => new(_position, message);
}
