using CloudObserve.Filters;

namespace CloudObserve.Tests.Filters;

public sealed class FilterPatternExplainTests
{
    [Theory]
    [InlineData("", "Matches every event.")]
    [InlineData("[]", "Matches every event.")]
    [InlineData("ERROR -\"x y\" ?z", """
        Matches events that fulfil all of these:
          the text "ERROR" occurs
          the text "x y" does not occur
          (ignored, because not every term is optional: the text "z" occurs)
        """)]
    [InlineData("?a ?%b+%", """
        Matches events that fulfil one of these:
          the text "a" occurs
          a match of the regular expression b+ occurs
        """)]
    [InlineData("{ $.a = x* && ($.b >= 5 || $.c NOT EXISTS || $.d = *) && $.e != *f }", """
        Matches events that are JSON objects and in which
          all of these hold:
            $.a is a text or a number that begins with "x"
            one of these holds:
              $.b is a number, at least 5
              $.c does not exist
              $.d is a text or a number
            $.e is a text or a number that does not end with "f"
        """)]
    [InlineData("{ $.a = 5 && $.b != .5 && $.c IS NULL && $.d != %x% }", """
        Matches events that are JSON objects and in which
          all of these hold:
            $.a is the number 5 or the text "5"
            $.b is a text or a number, but neither the number .5 nor the text ".5"
            $.c is null, or an array that has a null among its elements
            $.d is a text or a number without a match of the regular expression x
        """)]
    [InlineData("[ip, , ..., status = 4* || status = 500, size]", """
        Matches events of 4 or more fields between blanks:
          field 1, called ip
          field 2
          any number of fields
          field 2 from the end, called status, if
            one of these holds:
              status is a text that begins with "4"
              status is the number 500
          the last field, called size
        """)]
    [InlineData("[level = ERROR, message]", """
        Matches events of 2 or more fields between blanks:
          field 1, called level, if
            level is a text that is "ERROR"
          field 2 and the rest of the event, called message
        """)]
    public void A_pattern_is_explained_in_words(string pattern, string explanation) =>
        Assert.Equal(explanation.ReplaceLineEndings("\n"), string.Join('\n', FilterPattern.Parse(pattern).Explain()));
}
