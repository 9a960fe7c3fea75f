using System.Text;
using CloudObserve.Filters.Patterns.Regexes;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Terms;

/// <summary>Tests whether one term occurs.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class TermTest
{
    private readonly byte[] _text = [];
    private readonly ushort[] _bigrams = [];
    private readonly RegexProgram? _regex;

    internal TermTest(Operand operand)
    {
        if (operand is RegexOperand regex)
        {
            _regex = RegexCompiler.Compile(regex.Regex);
        }
        else
        {
            _text = Encoding.UTF8.GetBytes(((TextOperand)operand).Text);
            _bigrams = BigramFilter.PlacesOf(_text);
        }
    }

    /// <summary>Gets one slot that every event with the term has.</summary>
    /// <remarks>It is that of the last pair, because texts often have the same beginning.</remarks>
    internal ushort RequiredBigram => _bigrams.Length > 0 ? _bigrams[^1] : BigramFilter.Anywhere;

    /// <summary>Gets the length of the text in bytes; 0 for a regular expression.</summary>
    internal int TextLength => _text.Length;

    internal bool IsSameText(TermTest other) => _text.AsSpan().SequenceEqual(other._text);

    internal bool Occurs(ReadOnlySpan<byte> utf8, BigramFilter bigrams)
    {
        if (_regex is not null)
        {
            return _regex.IsMatch(utf8);
        }

        if (!bigrams.MayContain(_bigrams))
        {
            return false;
        }

        WorkMeter.Add(utf8.Length);
        return utf8.IndexOf(_text) >= 0;
    }
}
