using System.Globalization;
using System.Text;
using CloudObserve.Events;

namespace CloudObserve.Monitoring.Tests.Events;

public sealed class EventPatternTests
{
    [Theory]
    [InlineData("{\"source\":[]}", 12, "Empty arrays are not allowed")]
    [InlineData("{\"source\":\"shop\"}", 11, "\"source\" must be an object or an array")]
    [InlineData("{\"a\":{}}", 7, "Empty objects are not allowed")]
    [InlineData("{\"a\":[{\"startsWith\":\"x\"}]}", 21, "Unrecognized match type startsWith")]
    [InlineData("{\"a\":[{\"prefix\":5}]}", 17, "prefix match pattern must be a string")]
    [InlineData("{\"a\":[{\"cidr\":5}]}", 15, "prefix match pattern must be a string")]
    [InlineData("{\"a\":[{\"wildcard\":\"a**b\"}]}", 24, "Consecutive wildcard characters at pos 2")]
    [InlineData("{\"a\":[{\"wildcard\":\"a\\\\x\"}]}", 24, "Invalid escape character at pos 2")]
    [InlineData("{\"a\":[{\"anything-but\":{\"nested\":\"a\"}}]}", 33, "Unsupported anything-but pattern: nested")]
    [InlineData("{\"a\":[{\"anything-but\":[1,\"x\"]}]}", 29,
        "Inside anything but list, either all values are number or string, mixed type is not supported")]
    [InlineData("{\"a\":[{\"numeric\":5}]}", 18, "Value of numeric must be an array.")]
    [InlineData("{\"a\":[{\"numeric\":[\">\",5,\"<\",5]}]}", 30, "Bottom must be less than top")]
    [InlineData("{\"a\":[{\"numeric\":[\"=\",1e309]}]}", 28, "Cannot compare number : 1e309")]
    [InlineData("{\"a\":[{\"cidr\":\"10.0.0.0/32\"}]}", 27, "IPv4 mask bits must be < 32")]
    [InlineData("{\"a\":[{\"exists\":\"x\"}]}", 17, "exists match pattern must be either true or false.")]
    [InlineData("{\"a\":[{\"exists\":true,\"prefix\":\"x\"}]}", 31, "Only one key allowed in match expression")]
    [InlineData("{\"a\":[[1]]}", 7, "Match value must be String, number, true, false, or null")]
    [InlineData("{\"$or\":[{\"metricName\":[\"x\"]}]}", 23, "Unrecognized match type metricName")]
    [InlineData("[1]", 1, "Filter is not an object")]
    [InlineData("", 0, "Filter is not an object")]
    [InlineData("{\"a\":[1]} x", 10, "Unexpected character ('x' (code 120)): expected no text behind the pattern")]
    [InlineData("{\"a\" [1]}", 5, "Unexpected character ('[' (code 91)): was expecting a colon to separate field name and value")]
    public void A_fault_is_told_in_the_words_of_EventBridge_with_its_position(string text, int position, string message)
    {
        Assert.False(EventPattern.TryParse(text, out _, out EventPatternError? error));
        Assert.Equal((message, position), (error.Message, error.Position));
        Assert.Equal($"Event pattern is not valid. Reason: {message}", error.ServiceMessage);
        Assert.Equal(error.ServiceMessage, Assert.Throws<EventPatternException>(() => EventPattern.Parse(text)).Message);
    }

    [Fact]
    public void An_or_with_names_of_operators_is_a_field() =>
        Assert.True(Matches("""{"$or":[{"prefix":"x"},{"suffix":"y"}]}""", """{"$or":"any"}""", """{"$or":"xany"}"""));

    [Theory]
    [InlineData("{\"a\":{\"b.c\":[1]}}", "{\"a.b\":{\"c\":1}}")]
    [InlineData("{\"\":{\"b\":[1]}}", "{\"\":{\"b\":1}}")]
    [InlineData("{\"a\":[\"\\ud800\"]}", "{\"a\":\"\\uD800\"}")]
    [InlineData("{\"a\":[\"\\ud83d\\ude00\"]}", "{\"a\":\"😀\"}")]
    [InlineData("{\"a\":[{\"equals-ignore-case\":\"😀ß\"}]}", "{\"a\":\"😀SS\"}")]
    [InlineData("{\"a\\u002eb\":[1]}", "{\"a\":{\"b\":1}}")]
    [InlineData("{\"a\":[4.9e-324]}", "{\"a\":0.49E-323}")]
    [InlineData("{\"a\":[1e2]}", "{\"a\":100.000}")]
    [InlineData("{\"a\":[123456789012345678901234567890]}", "{\"a\":123456789012345678901234567890}")]
    [InlineData("{\"$or\":[{\"x\":[\"v\"]},{\"x\":[\"v\",\"t\"]}]}", "{\"x\":\"t\"}")]
    [InlineData("{\"d\":{\"a\":[1],\"b\":[2]}}", "{\"d\":[{\"a\":1,\"d\":[[]]},{\"b\":2,\"a\":1}]}")]
    public void An_event_matches(string pattern, string matching) => Assert.True(Matches(pattern, matching));

    [Theory]
    [InlineData("{\"a\":[{\"cidr\":\"10.0.0.0/8\"}]}", "{\"a\":\"a00::1\"}")]
    [InlineData("{\"a\":[{\"equals-ignore-case\":\"SS\"}]}", "{\"a\":\"ß\"}")]
    [InlineData("{\"a\":[{\"equals-ignore-case\":\"k\"}]}", "{\"a\":\"\\u212a\"}")]
    [InlineData("{\"a\":[9007199254740993]}", "{\"a\":9007199254740992}")]
    [InlineData("{\"a\":[{\"exists\":true}]}", "{\"a\":1,\"a\":[]}")]
    [InlineData("{\"d\":{\"a\":[1]}}", "{\"d\":{\"a\":1},\"d\":{\"b\":1}}")]
    [InlineData("{\"d\":{\"a\":[1]}}", "{\"d\":[{\"a\":1},{\"a\":1,\"a\":2}],\"d\":0}")]
    public void An_event_does_not_match(string pattern, string other) => Assert.False(Matches(pattern, other));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[{\"a\":1}]")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"b\":[1,],\"a\":1}")]
    [InlineData("{\"b\":{\"c\":1]},\"a\":1}")]
    [InlineData("{\"b\":01,\"a\":1}")]
    [InlineData("{\"b\":\"\\x\",\"a\":1}")]
    [InlineData("{\"b\":\"\t\",\"a\":1}")]
    [InlineData("{\"b\":tru,\"a\":1}")]
    public void A_text_that_is_not_a_JSON_object_matches_nothing(string text)
    {
        EventPattern pattern = EventPattern.Parse("{\"a\":[1]}");

        Assert.False(pattern.IsMatch(Encoding.UTF8.GetBytes(text)));
        Assert.Equal("the event is not a JSON object of at most 1,000 levels", pattern.Explain(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData(999, true)]
    [InlineData(1_000, false)]
    public void An_event_has_at_most_1_000_levels(int arrays, bool isMatch)
    {
        string nested = new string('[', arrays) + "1" + new string(']', arrays);

        Assert.Equal(isMatch, Matches("{\"a\":[1]}", $"{{\"a\":{nested}}}"));
        Assert.Equal(isMatch, Matches("{\"a\":[1]}", $"{{\"b\":{nested},\"a\":1}}"));
    }

    [Theory]
    [InlineData("{\"d\":{\"a\":[1]}}", "{\"d\":{\"b\":1}}", "d.a has no value; expected 1")]
    [InlineData("{\"d\":{\"a\":[1,\"x\"]},\"s\":[\"q\"]}", "{\"d\":{\"a\":[2,3,4,5]}}", "d.a is 2, 3, 4 and 1 more; expected 1 or \"x\"")]
    [InlineData("{\"a\":[{\"exists\":false}]}", "{\"a\":1}", "a is 1; expected no value")]
    [InlineData("{\"d\":{\"a\":[1],\"b\":[2]}}", "{\"d\":[{\"a\":1},{\"b\":2}]}",
        "each field matches, but not in the same elements of arrays: d.a, d.b")]
    [InlineData("{\"s\":[1],\"$or\":[{\"a\":[1]},{\"b\":[2]}]}", "{\"s\":1,\"b\":3}",
        "none of the 2 combinations of $or matches; in the nearest, a has no value; expected 1")]
    public void An_explanation_names_the_first_field_that_did_not_match(string pattern, string text, string reason) =>
        Assert.Equal(reason, EventPattern.Parse(pattern).Explain(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_match_allocates_nothing()
    {
        EventPattern pattern = EventPattern.Parse(
            """
            {"source":["shop",{"prefix":"sh"}],"ip":[{"cidr":"10.0.0.0/8"}],"d":{"a":[{"numeric":[">",1.5]}],"b":[{"wildcard":"x*é*"}],
            "c":[{"suffix":{"equals-ignore-case":"ING"}}],"e":[{"anything-but":{"prefix":["q"]}}],"f":[{"exists":false},1]}}
            """);
        byte[] text = Encoding.UTF8.GetBytes(
            """{"source":"sh\u006fp","ip":"10.1.2.3","d":[{"a":1},{"a":1.7976931348623157,"b":"xyé","c":"runninG","e":1}],"z":[{}]}""");
        for (int i = 0; i < 3; i++)
        {
            Assert.True(pattern.IsMatch(text));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _ = pattern.IsMatch(text);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_work_grows_with_the_length_of_the_event()
    {
        // Each inner array fits many times, and only the last field shows that no element fits. Trying all choices would never end.
        string element = Fields(8, static i => $"\"p{i}\":[{Repeat("{\"x\":1}", 60)}]");
        string text = $"{{\"d\":[{Repeat($"{{{element},\"z\":0}}", 40)}]}}";
        string fields = Fields(8, static i => $"\"p{i}\":{{\"x\":[1]}}");

        Assert.True(text.Length > 150_000);
        Assert.False(Matches($"{{\"d\":{{{fields},\"z\":[1]}}}}", text));
        Assert.False(Matches($"{{\"d\":{{{fields},\"z\":[{{\"exists\":false}}]}}}}", text));
        Assert.True(Matches($"{{\"d\":{{{fields},\"z\":[0]}}}}", text));
    }

    [Fact]
    public void The_work_is_limited_for_keys_with_dots()
    {
        string nested = Fields(6, static i => $"\"p{i}\":[{Repeat("{\"x\":1}", 30)}]");
        string dotted = Fields(6, static i => $"\"d.p{i}\":[{Repeat("{\"x\":1}", 30)}]");
        string fields = Fields(6, static i => $"\"p{i}\":{{\"x\":[1]}}");

        Assert.False(Matches(
            $"{{\"d\":{{{fields},\"z\":{{\"q\":[1]}},\"z.r\":[1]}}}}",
            $"{{\"d\":{{{nested},\"z\":[{{\"q\":1}},{{\"r\":1}}]}},{dotted}}}"));
    }

    [Fact]
    public void Large_and_strange_values_are_compared()
    {
        string digits = new('9', 200_000);

        Assert.True(Matches("{\"a\":[{\"anything-but\":1}]}", $"{{\"a\":{digits}}}"));
        Assert.False(Matches("{\"a\":[{\"numeric\":[\">\",1]}]}", $"{{\"a\":{digits}}}"));
        Assert.True(Matches("{\"a\":[1]}", $"{{\"a\":1{new string('0', 100_000)}e-{100_000.ToString(CultureInfo.InvariantCulture)}}}"));
        Assert.True(Matches("{\"a\":[{\"wildcard\":\"*ab*\"}]}", $"{{\"a\":\"{new string('a', 250_000)}b\"}}"));
    }

    private static string Repeat(string text, int count) => string.Join(',', Enumerable.Repeat(text, count));

    private static string Fields(int count, Func<int, string> field) => string.Join(',', Enumerable.Range(0, count).Select(field));

    private static bool Matches(string pattern, string matching, string? other = null)
    {
        EventPattern parsed = EventPattern.Parse(pattern);
        return parsed.IsMatch(Encoding.UTF8.GetBytes(matching)) && (other is null || parsed.IsMatch(Encoding.UTF8.GetBytes(other)));
    }
}
