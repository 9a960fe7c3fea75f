using System.Text;
using CloudObserve.Filters;
using CloudObserve.Tests.Filters.Reference;

namespace CloudObserve.Tests.Filters;

public sealed class FilterExtractorTests
{
    private const string Line = "127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";

    [Fact]
    public void Values_of_a_JSON_event_are_taken_where_they_stand()
    {
        FilterExtractor extractor = FilterPattern.Parse("{ $.latency > 10 }")
            .Select("$.latency", "$.user.['e.mail']", "$.tags[1]", "$.none");
        byte[] utf8 = Encoding.UTF8.GetBytes("""{"user":{"e.mail":"a\u0040b"},"latency":12.5,"tags":["x","12"]}""");
        FilterCapture[] captures = new FilterCapture[extractor.Count];

        Assert.True(extractor.TryMatch(utf8, captures));

        Assert.True(captures[0].TryGetNumber(utf8, out double latency));
        Assert.Equal(12.5, latency);
        Assert.Equal("""a\u0040b""", Encoding.UTF8.GetString(captures[1].GetRaw(utf8)));
        Assert.Equal("a@b", captures[1].GetText(utf8));
        Assert.Equal((FilterValueKind.Text, true), (captures[2].Kind, captures[2].TryGetNumber(utf8, out double spelled)));
        Assert.Equal(12, spelled);
        Assert.False(captures[1].TryGetNumber(utf8, out _));
        Assert.Equal((FilterValueKind.Missing, null), (captures[3].Kind, captures[3].GetText(utf8)));
    }

    [Theory]
    [InlineData("""{"a":[1]}""", FilterValueKind.Missing)]
    [InlineData("""{"a":{}}""", FilterValueKind.Missing)]
    [InlineData("""{"a":null}""", FilterValueKind.Null)]
    [InlineData("""{"a":false}""", FilterValueKind.False)]
    [InlineData("""{"a":"x"}""", FilterValueKind.Text)]
    [InlineData("""{"a":"x","a":5}""", FilterValueKind.Number)]
    [InlineData("""{"a":[5],"a":5}""", FilterValueKind.Number)]
    [InlineData("""{"a":5,"a":[5]}""", FilterValueKind.Missing)]
    public void A_capture_tells_what_it_is_and_of_a_repeated_property_is_the_last(string message, FilterValueKind kind)
    {
        FilterCapture[] captures = [new(FilterValueKind.True, 0, 0, false)];

        Assert.True(FilterPattern.Parse("{ $.zzz NOT EXISTS }").Select("$.a").TryMatch(Encoding.UTF8.GetBytes(message), captures));

        Assert.Equal(kind, captures[0].Kind);
    }

    [Theory]
    [InlineData("[ip, server, ..., status_code, size]", "$size", "1534")]
    [InlineData("[ip, server, ..., status_code, size]", "$server", "Prod")]
    [InlineData("[ip, server, ..., status_code, size]", "$4", "10/Oct/2000:13:25:15 -0700")]
    [InlineData("[ip, server, ..., status_code, size]", "$6", null)]
    [InlineData("[ip, server, ..., status_code, size]", "$9", null)]
    [InlineData("[..., status_code, ]", "$7", "1534")]
    [InlineData("[]", "$1", "127.0.0.1")]
    [InlineData("[ip, , rest]", "$2", "Prod")]
    [InlineData("[ip, , rest]", "$rest", "frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534")]
    public void Fields_are_taken_by_name_or_by_position(string pattern, string selector, string? expected)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(Line);
        FilterCapture[] captures = new FilterCapture[1];

        Assert.True(FilterPattern.Parse(pattern).Select(selector).TryMatch(utf8, captures));

        Assert.Equal(expected, captures[0].GetText(utf8));
    }

    [Theory]
    [InlineData("""{"a":"11.5"}""", 11.5)]
    [InlineData("""{"a":"1\u0031.5"}""", 11.5)]
    [InlineData("""{"a":".5"}""", 0.5)]
    [InlineData("""{"a":"-1e3"}""", -1000.0)]
    [InlineData("""{"a":" 1"}""", null)]
    [InlineData("""{"a":"banana"}""", null)]
    [InlineData("""{"a":"1e999"}""", null)]
    [InlineData("""{"a":true}""", null)]
    public void A_text_that_spells_a_number_is_one(string message, double? expected)
    {
        FilterCapture[] captures = new FilterCapture[1];
        byte[] utf8 = Encoding.UTF8.GetBytes(message);

        Assert.True(FilterPattern.Parse("{ $.b NOT EXISTS }").Select("$.a").TryMatch(utf8, captures));

        Assert.Equal(expected, captures[0].TryGetNumber(utf8, out double number) ? number : null);
    }

    [Theory]
    [InlineData("ERROR", "$.a", "term pattern")]
    [InlineData("{ $.a = 1 }", "$a", "'$.'")]
    [InlineData("{ $.a = 1 }", "$.a[*]", "without wildcards")]
    [InlineData("{ $.a = 1 }", "$.a b", "end of the selector")]
    [InlineData("[a, b]", "$c", "no field 'c'")]
    [InlineData("[a, b]", "$3", "only 2 fields")]
    [InlineData("[a, b]", "$1", "called '$a'")]
    [InlineData("[a, ...]", "$0", "no field '0'")]
    [InlineData("[a, b]", "a", "expected '$'")]
    public void A_selector_that_selects_nothing_is_an_error(string pattern, string selector, string expected)
    {
        FilterPatternException exception = Assert.Throws<FilterPatternException>(() => FilterPattern.Parse(pattern).Select(selector));

        Assert.Contains(expected, exception.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ $.a = 1 && $.b.['c'] = 2 }", "$.b.c", true)]
    [InlineData("{ $.a = 1 }", "$.b", false)]
    [InlineData("[a, b]", "$b", true)]
    [InlineData("[a, b]", "$c", false)]
    [InlineData("ERROR", "$.a", false)]
    public void A_pattern_knows_the_selectors_it_uses(string pattern, string selector, bool expected) =>
        Assert.Equal(expected, FilterPattern.Parse(pattern).Uses(selector));

    [Fact]
    public void Too_little_room_is_refused()
    {
        FilterExtractor extractor = FilterPattern.Parse("{ $.a = 1 }").Select("$.a");
        FilterPatternSet set = new(extractor, extractor);

        Assert.Throws<ArgumentException>(() => extractor.TryMatch("{}"u8, []));
        Assert.Throws<ArgumentException>(() => set.Match("{}"u8, new ulong[1], new FilterCapture[1]));
        Assert.False(new FilterPatternSet().Match("{}"u8, [], []));
    }

    [Fact]
    public void Taking_values_allocates_nothing()
    {
        FilterExtractor json = FilterPattern.Parse("{ $.a = * }").Select("$.a", "$.b");
        FilterExtractor fields = FilterPattern.Parse("[a, ..., z]").Select("$a", "$2", "$z");
        byte[] jsonEvent = Encoding.UTF8.GetBytes("""{"a":1.25,"b":"\u0041"}""");
        byte[] line = Encoding.UTF8.GetBytes(Line);
        FilterCapture[] captures = new FilterCapture[3];
        byte[] text = new byte[100];

        void Take()
        {
            Assert.True(json.TryMatch(jsonEvent, captures) && captures[0].TryGetNumber(jsonEvent, out _)
                && captures[1].TryCopyText(jsonEvent, text, out _));
            Assert.True(fields.TryMatch(line, captures) && captures[2].TryGetNumber(line, out _));
            foreach (FilterField field in fields.Pattern.GetFields(line))
            {
                field.Value.CopyTo(text);
            }
        }

        Assert.Equal(0, Allocations.Of(Take));
    }
}
