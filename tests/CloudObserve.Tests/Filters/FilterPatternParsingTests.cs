using CloudObserve.Filters;
using CloudObserve.Filters.Patterns.Syntax;
using CloudObserve.Tests.Filters.Reference;

namespace CloudObserve.Tests.Filters;

public sealed class FilterPatternParsingTests
{
    [Theory]
    [InlineData("ERROR!", 5, "quotation marks")]
    [InlineData("\"open", 0, "second quotation mark")]
    [InlineData("-", 1, "expected a word")]
    [InlineData("? a", 1, "expected a word")]
    [InlineData("a.b", 1, "quotation marks")]
    [InlineData("{ $.foo = 'bar' }", 10, "not with '")]
    [InlineData("{ $.a == 1 }", 7, "single '='")]
    [InlineData("{ $.a IS NOT NULL }", 6, "no IS NOT")]
    [InlineData("{ $.a EXISTS }", 6, "'= *'")]
    [InlineData("{ $.a = null }", 8, "word of the language")]
    [InlineData("{ $.a != Exists }", 9, "word of the language")]
    [InlineData("[a, b = SPACE, c]", 8, "word of the language")]
    [InlineData("[a, b, a]", 7, "given to an earlier one")]
    [InlineData("[a, b = 1, ..., b = 2]", 16, "given to an earlier one")]
    [InlineData("{ a = 1 }", 2, "'$.'")]
    [InlineData("{ $[0] = 1 }", 2, "'$.'")]
    [InlineData("{ $. = 1 }", 4, "property name")]
    [InlineData("{ $.['a = 1 }", 4, "ends the property name")]
    [InlineData("{ $.a[x] = 1 }", 6, "index")]
    [InlineData("{ $.a[1 = 1 }", 7, "']'")]
    [InlineData("{ $.a[99999999999] = 1 }", 6, "index")]
    [InlineData("{ $.a[*].b[*] = 1 }", 10, "one wildcard")]
    [InlineData("{ $.a[*] = 1 || $.b[*] = 1 || $.c[*] = 1 || $.d[*] = 1 }", 47, "3 wildcard")]
    [InlineData("{ $.a = %a% || $.a = %b% || $.a = %c% }", 34, "2 regular expressions")]
    [InlineData("{ $.a < \"x\" }", 8, "compares numbers only")]
    [InlineData("{ $.a = us-east-1 }", 10, "quotation marks only")]
    [InlineData("{ $.a = 1e999 }", 8, "number up to")]
    [InlineData("{ ($.a = 1 }", 11, "the ')' of the '(' at 2")]
    [InlineData("{ $.a = 1", 9, "the end")]
    [InlineData("{ $.a = 1 } x", 12, "end of the pattern")]
    [InlineData("{ }", 2, "'$.'")]
    [InlineData("{ $.a = 1 &&& $.b = 1 }", 12, "'$.'")]
    [InlineData("[a, ..., b, ...]", 12, "one place only")]
    [InlineData("[a b]", 3, "after the field name")]
    [InlineData("[a = 1 && b = 1]", 10, "expected 'a' again")]
    [InlineData("[= 1]", 1, "field name")]
    [InlineData("[a", 2, "after the field name")]
    [InlineData("[a] b", 4, "end of the pattern")]
    [InlineData("[a = %a%, b = %b%, c = %c%]", 23, "2 regular expressions")]
    [InlineData("%a", 0, "second %")]
    [InlineData("%%", 1, "between the % signs")]
    [InlineData("%something!%", 10, "\\x21")]
    [InlineData("%(ab)+%", 1, "no groups")]
    [InlineData("%é%", 1, "ASCII")]
    [InlineData("%*a%", 1, "nothing before")]
    [InlineData("%a**%", 3, "one repetition")]
    [InlineData("%a+?%", 3, "one repetition")]
    [InlineData("%^*%", 2, "anchor")]
    [InlineData("%a{}%", 2, "{3,5}")]
    [InlineData("%a{3,1}%", 2, "lower bound")]
    [InlineData("%a{2048}%", 8, "2048 positions")]
    [InlineData("%a{99999999999}%", 15, "2048 positions")]
    [InlineData("%[a%", 1, "ends the class")]
    [InlineData("%[]%", 1, "character in the class")]
    [InlineData("%[z-a]%", 3, "lower to a higher")]
    [InlineData("%[[a]]%", 2, "class inside")]
    [InlineData("%a]%", 2, "has no opening bracket")]
    [InlineData("%\\b%", 1, "\\xHH")]
    [InlineData("%\\xFF%", 1, "\\x7F")]
    public void An_error_says_where_and_what_was_expected(string text, int position, string expected)
    {
        Assert.False(FilterPattern.TryParse(text, out FilterPattern? pattern, out FilterPatternError? error));

        Assert.Null(pattern);
        Assert.Equal((text, position), (error.Pattern, error.Position));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[unclosed", true)]
    [InlineData(" [a, a ", true)]
    [InlineData("[a] b", true)]
    [InlineData("[a, =]", false)]
    public void A_pattern_that_begins_with_a_bracket_and_does_not_end_with_one_is_answered_with_the_service_s_words(
        string text, bool isUnclosed)
    {
        Assert.False(FilterPattern.TryParse(text, out _, out FilterPatternError? error));
        Assert.Equal(isUnclosed, error.ServiceMessage == "If a filter pattern starts with '[' it must end with ']'");
    }

    [Fact]
    public void An_error_is_shown_with_a_caret_and_thrown_by_Parse()
    {
        FilterPatternException exception = Assert.Throws<FilterPatternException>(() => FilterPattern.Parse("{\t$.a ~ 1 }"));

        Assert.StartsWith("{ $.a ~ 1 }\n      ^ expected one of", exception.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains(exception.Error.ToString(), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_an_error()
    {
        Assert.False(FilterPattern.TryParse("\"a\uD83Db\"", out _, out FilterPatternError? error));
        Assert.Equal(2, error.Position);
    }

    [Fact]
    public void A_pattern_is_1024_characters_long_at_most()
    {
        Assert.True(FilterPattern.TryParse(new string('x', 1024), out _, out _));
        Assert.False(FilterPattern.TryParse(new string('x', 1025), out _, out FilterPatternError? error));
        Assert.Equal(1024, error.Position);
    }

    [Fact]
    public void A_canonical_form_too_long_for_the_service_is_not_used()
    {
        string compact = "{" + string.Join("||", Enumerable.Range(0, 130).Select(static i => $"$.a={i % 10}")) + "}";
        Assert.InRange(compact.Length, 900, 1024);

        Assert.Equal(compact, FilterPattern.Parse(compact).ToString());
    }

    [Theory]
    [InlineData("  \" \" ", "\" \"")]
    [InlineData("{ $.a = .5 && $.b is Null && $.c Not Exists }", "{ $.a = .5 && $.b IS NULL && $.c NOT EXISTS }")]
    [InlineData("\"ERROR\"  - \"x y\"", "ERROR -\"x y\"")]
    [InlineData("{$.a=x&&($.b!=1||$.c IS  NULL)}", "{ $.a = \"x\" && ($.b != 1 || $.c IS NULL) }")]
    [InlineData("{ $.['a'].['b.c'][0][*] = %a|b% }", "{ $.a.['b.c'][0][*] = %a|b% }")]
    [InlineData("[ a,,...,s=4*||s=5 , ]", "[a, , ..., s = \"4*\" || s = 5, ]")]
    public void The_canonical_form_has_one_spelling(string text, string canonical) =>
        Assert.Equal(canonical, FilterPattern.Parse(text).ToString());

    [Fact]
    public void Null_is_an_error_for_TryParse_and_a_misuse_of_Parse()
    {
        Assert.False(FilterPattern.TryParse(null, out _, out FilterPatternError? error));
        Assert.Equal(0, error.Position);
        Assert.Throws<ArgumentNullException>(() => FilterPattern.Parse(null!));
    }

    [Fact]
    public void TryParse_never_throws()
    {
        const string Alphabet = "{}[]()\"'%$.*?-+=!<>&|,\\^ aA1eE\té\uD83D\uDE00\0#x~";
        int parsed = 0;
        Generated.ForAllSeeds(15000, random =>
        {
            string text = random.Chance(3)
                ? random.Join(0, 20, () => $"{Alphabet[random.Next(Alphabet.Length)]}")
                : Mutate(PatternPrinter.Print(new SyntaxGenerator(random).Any()), random, Alphabet);
            bool isPattern = FilterPattern.TryParse(text, out FilterPattern? pattern, out FilterPatternError? error);
            parsed += isPattern ? 1 : 0;
            Assert.True(isPattern ? error is null && pattern!.Explain().Count > 0 : pattern is null && error!.Position <= text.Length);
        });
        Assert.InRange(parsed, 1000, 14000);
    }

    [Fact]
    public void Deep_parentheses_are_no_danger()
    {
        string deep = "{" + new string('(', 500) + "$.a=1" + new string(')', 500) + "}";

        Assert.True(FilterPattern.TryParse(deep, out FilterPattern? pattern, out _));
        Assert.True(pattern.IsMatch("""{"a":1}"""u8));
    }

    private static string Mutate(string text, Random random, string alphabet)
    {
        for (int i = random.Next(3); i > 0 && text.Length > 0; i--)
        {
            int at = random.Next(text.Length);
            text = random.Chance(2) ? text.Remove(at, 1) : text.Insert(at, $"{alphabet[random.Next(alphabet.Length)]}");
        }

        return text;
    }
}
