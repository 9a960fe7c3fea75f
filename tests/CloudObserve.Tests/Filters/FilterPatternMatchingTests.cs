using System.Text;
using CloudObserve.Filters;
using CloudObserve.Filters.Patterns;
using CloudObserve.Filters.Patterns.Syntax;
using CloudObserve.Tests.Filters.Reference;

namespace CloudObserve.Tests.Filters;

/// <summary>Tests the rules of matching that CloudWatch's guide does not state, and the choices where nothing is known.</summary>
public sealed class FilterPatternMatchingTests
{
    private const int Megabyte = 1_000_000;

    [Theory]
    [InlineData("{ $.id = 5 }", """{"id":"5"}""", true)]
    [InlineData("{ $.id = \"5\" }", """{"id":5}""", true)]
    [InlineData("{ $.id != 5 }", """{"id":"5"}""", false)]
    [InlineData("{ $.id = 5 }", """{"id":"5.0"}""", false)]
    [InlineData("{ $.id = \"5\" }", """{"id":5.0}""", false)]
    [InlineData("{ $.id = \"5.0\" }", """{"id":5.0}""", true)]
    [InlineData("{ $.id < 5 }", """{"id":"4"}""", false)]
    [InlineData("{ $.id = 4* }", """{"id":404}""", true)]
    [InlineData("{ $.status = 5* }", """{"status":500}""", true)]
    [InlineData("{ $.status != 2* }", """{"status":200}""", false)]
    [InlineData("{ $.status != 2* }", """{"status":500}""", true)]
    [InlineData("{ $.codes[*] = 5* }", """{"codes":[404,503]}""", true)]
    [InlineData("{ $.status = 50* }", """{"status":5e2}""", false)]
    [InlineData("{ $.status = %^5[0-9]% }", """{"status":503}""", true)]
    [InlineData("{ $.status != %^5% }", """{"status":true}""", false)]
    [InlineData("{ $.a = .5 }", """{"a":0.50}""", true)]
    [InlineData("{ $.a = .5 }", """{"a":".5"}""", true)]
    [InlineData("[a = .5]", "0.5", true)]
    [InlineData("[a < 1]", "-.5", true)]
    [InlineData("[a = 5]", "5.", false)]
    [InlineData("[a < 1]", ".", false)]
    [InlineData("{ $.a[*] != 1 }", """{"a":[1,2]}""", true)]
    [InlineData("{ $.a[*] != 1 }", """{"a":[1,1]}""", false)]
    [InlineData("{ $.a IS TRUE }", """{"a":"true"}""", false)]
    [InlineData("{ $.a = true }", """{"a":true}""", false)]
    [InlineData("{ $.a = * }", """{"a":true}""", false)]
    [InlineData("{ $.a = * }", """{"a":null}""", false)]
    [InlineData("{ $.a = * }", """{"a":[1]}""", false)]
    [InlineData("{ $.a != x }", """{"a":null}""", false)]
    [InlineData("{ $.a != x }", """{"a":{}}""", false)]
    [InlineData("{ $.a NOT EXISTS }", """{"a":null}""", false)]
    [InlineData("{ $.a NOT EXISTS }", """{"a":{}}""", false)]
    [InlineData("{ $.a NOT EXISTS }", "[1]", false)]
    [InlineData("{$.readOnly is FALSE}", """{"readOnly":false}""", true)]
    [InlineData("{ $.a not exists && $.b Is Null }", """{"b":null}""", true)]
    [InlineData("{ $.a IS NULL }", """{"a":[1,null]}""", true)]
    [InlineData("{ $.a IS NULL }", """{"a":[[null]]}""", false)]
    [InlineData("{ $.a IS NULL }", """{"a":{"b":null}}""", false)]
    [InlineData("{ $.a[*] IS NULL }", """{"a":[[null]]}""", true)]
    [InlineData("{ $.a IS TRUE }", """{"a":[true]}""", false)]
    [InlineData("{ $.a[*] = 1 }", """{"a":{"x":1}}""", true)]
    [InlineData("{ $.a[*].b = 1 }", """{"a":{"x":{"b":2},"y":{"b":1}}}""", true)]
    [InlineData("{ $.a[0] = 1 }", """{"a":{"0":1}}""", false)]
    [InlineData("{ $.a.* = 1 }", """{"a":[1]}""", false)]
    [InlineData("{ $.a NOT EXISTS }", "5", false)]
    [InlineData("{ $.a NOT EXISTS }", "plain text", false)]
    [InlineData("{ $.a = 1 }", """{"a":1} and more""", false)]
    [InlineData("{ $.a = 1 }", """text {"a":1}""", false)]
    [InlineData("{ $.a = 1 }", """{"a":2,"a":1,"a":3}""", false)]
    [InlineData("{ $.a = 1 }", """{"a":1,"a":2}""", false)]
    [InlineData("{ $.a = 1 }", """{"a":2,"a":1}""", true)]
    [InlineData("{ $.a.b = 1 }", """{"a":{"b":2},"a":{"b":1}}""", true)]
    [InlineData("{ $.a.b NOT EXISTS }", """{"a":{"b":2},"a":{}}""", true)]
    [InlineData("{ $.a = 1 && $.b = 1 }", """{"a":0,"c":[{"x":"y"}],"a":1,"b":1}""", true)]
    [InlineData("{ $.a.b = 1 && $.c = 1 }", """{"a":{"b":0,"d":1},"c":1,"a":{"b":1}}""", true)]
    [InlineData("{ $.a.b = 1 && $.c = 1 }", """{"a":{"b":0,"d":1,"b":1},"c":1}""", true)]
    [InlineData("{ $.a = 1 && $.b = 1 }", """{"a":0,"\u0061":1,"b":1}""", true)]
    [InlineData("{ $.['a/b'] = 1 && $.b = 1 }", """{"a/b":0,"a\/b":1,"b":1}""", true)]
    [InlineData("{ $.a = 1 || $.b = 1 }", """{"a":0,"b":0,"b":[],"a":1}""", true)]
    [InlineData("{ $.* = 1 }", """{"x":1,"y":3,"x":2}""", false)]
    [InlineData("{ $.* = 1 }", """{"x":1,"\u0078":2}""", false)]
    [InlineData("{ $.*.b NOT EXISTS }", """{"x":{"b":1},"x":{}}""", true)]
    [InlineData("{ $.x[*] = 1 }", """{"x":{"a":1,"a":2}}""", false)]
    [InlineData("{ $.x[*].b = 1 }", """{"x":[{"b":2,"b":1},{"b":3}]}""", true)]
    [InlineData("{ $.* = 1 }", """{"a":2,"a":1}""", true)]
    [InlineData("{ $.* = 1 && $.a = 2 }", """{"a":2,"a":1}""", false)]
    [InlineData("{ $.a[*].b = 2 }", """{"a":[{"b":1},{"b":1,"b":2},{"b":2}]}""", true)]
    [InlineData("{ $.a[*].b = 1 }", """{"a":[{"b":2},{"b":1,"b":2}]}""", false)]
    [InlineData("{ $.a = 1 && $.b = 1 }", """{"b":1,"a":1} and more""", false)]
    [InlineData("{ $.a = 2 || $.b = 1 }", """{"a":1,"b":1}""", true)]
    [InlineData("{ $.a = 1 && ($.b = 1 || $.c = 1) }", """{"b":2,"c":1,"a":1}""", true)]
    [InlineData("{ $.a = \"é\" }", """{"\u0061":"\u00e9"}""", true)]
    [InlineData("{ $.a.* = 1 && $.*.b = 1 }", """{"a":{"b":1}}""", true)]
    [InlineData("{ $.a = 9007199254740993 }", """{"a":9007199254740992}""", true)]
    [InlineData("\" \"", "nothing", false)]
    [InlineData("\" \"", "one blank", true)]
    [InlineData(" ", "nothing", true)]
    [InlineData("\"  \"", "no two blanks", false)]
    [InlineData("ERROR", "error", false)]
    [InlineData("%a.b%", "a\nb", false)]
    [InlineData("[a, b]", "[open x", true)]
    [InlineData("[a = \"[open\", b]", "[open x", true)]
    [InlineData("[a, b = \"[y z] !\"]", "x [y z] !", true)]
    [InlineData("[a, b = \"y z\"]", "x [y z]  ", true)]
    [InlineData("[a = b, c = d]", "[b]d", true)]
    [InlineData("[a = 7]", "007.0", true)]
    [InlineData("[]", "", true)]
    [InlineData("[...]", "", true)]
    [InlineData("[a]", " ", false)]
    [InlineData("[a, ...]", "", false)]
    public void An_event_matches_or_not(string pattern, string message, bool expected) =>
        Assert.Equal(expected, FilterPattern.Parse(pattern).IsMatch(Encoding.UTF8.GetBytes(message)));

    [Fact]
    public void IsMatch_never_throws_on_any_bytes()
    {
        Generated.ForAllSeeds(5000, random =>
        {
            FilterPattern pattern = FilterPattern.Parse(PatternPrinter.Print(new SyntaxGenerator(random).Any()));
            byte[] bytes = Encoding.UTF8.GetBytes(random.Chance(2) ? new EventGenerator(random).Json() : new EventGenerator(random).Line());
            for (int i = random.Next(8); i > 0 && bytes.Length > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            bool matches = pattern.IsMatch(bytes);
            int fields = 0;
            foreach (FilterField field in pattern.GetFields(bytes))
            {
                fields += field.Position;
            }

            Assert.True(matches || fields == 0);
        });
    }

    [Theory]
    [InlineData("ERROR -retry ?x", "an ERROR without that word")]
    [InlineData("%a[0-9]{2,100}b|x$%", "some text a123b")]
    [InlineData("{ $.a.b = \"x\\\"y\" && $.n >= 10.5 && $.z NOT EXISTS && $.l[*] = *q }",
        """{"l":["\u0051q",1,null],"a":{"b":"x\"y"},"n":1.05e1}""")]
    [InlineData("[ip, ..., status = 4* && status < 500, size > 10]", "1.2.3.4 - [now then] \"GET /\" 404 99")]
    [InlineData("{ $.a = 1 }", "plain text, as most lines are")]
    [InlineData("{ $.a = 1 }", """{"a":1""")]
    [InlineData("{ $.a = 1 && $.b = 2 }", """{"a":1,"b":0,"c":{"d":[1,2,3]},"b":2}""")]
    [InlineData("{ $.* = x }", """{"a":1,"b":0,"c":{"d":[1,2,3]},"\u0062":2}""")]
    public void Matching_allocates_nothing(string text, string message)
    {
        FilterPattern pattern = FilterPattern.Parse(text);
        byte[] utf8 = Encoding.UTF8.GetBytes(message);
        Assert.Equal(0, Allocations.Of(() => pattern.IsMatch(utf8)));
    }

    [Fact]
    public void A_long_escaped_string_comes_from_the_pool()
    {
        FilterPattern pattern = FilterPattern.Parse("{ $.a = *z }");
        byte[] utf8 = Encoding.UTF8.GetBytes($$"""{"a":"\n{{new string('x', 5000)}}z"}""");
        Assert.True(pattern.IsMatch(utf8));
        Assert.Equal(0, Allocations.Of(() => pattern.IsMatch(utf8)));
    }

    public static TheoryData<string, string> HostileEvents => new()
    {
        { "aaaaaaaaab", new string('a', Megabyte) },
        { "[a, ..., b = 1]", new string('[', Megabyte) },
        { "[a, ..., b = 1]", string.Concat(Enumerable.Repeat("[ ", Megabyte / 2)) },
        { "[a, ..., b = 1]", string.Concat(Enumerable.Repeat("\" ", (Megabyte / 2) | 1)) },
        { "[a, b = %x*y%]", string.Concat(Enumerable.Repeat("x ", Megabyte / 2)) },
        { "{ $.*.a = %x*y% }", new string('[', Megabyte) },
        { "{ $.*.a = %x*y% || $.a[*] = z* }", string.Concat(Enumerable.Repeat("""{"a":""", Megabyte / 5)) },
        { "{ $.*.a = %x*y% }", "{" + string.Join(',', Enumerable.Repeat("\"a\":{\"a\":\"xxxx\"}", Megabyte / 17)) + "}" },
        { "{ $.* = %x*y% || $.a = z* }", "{\"a\":\"" + new string('x', Megabyte) + "\"}" },
        { "{ $.* = *y }", "{\"a\":\"" + string.Concat(Enumerable.Repeat("\\n", Megabyte / 2)) + "\"}" },
        { "{ $.* = *y }", "{" + string.Join(',', Enumerable.Range(0, Megabyte / 12).Select(static i => $"\"{i:D6}\":1")) + "}" },
        { "{ $.* = *y || $.a = 2 }", "{" + string.Join(',', Enumerable.Repeat("\"a\":1", Megabyte / 6)) + "}" },
        { "{ $.a.b.c = 2 && $.d = 1 }", "{\"a\":{\"b\":{\"c\":1,\"x\":\"" + string.Concat(Enumerable.Repeat("\\u0061", Megabyte / 6))
            + "\"}}}" },
        { "{ $.a = 2 && $.b = 2 }", "{" + string.Join(',', Enumerable.Repeat("\"a\":{\"b\":1}", Megabyte / 12)) + "}" },
        { "{ $.a = x }", "{\"" + string.Concat(Enumerable.Repeat("\\n", Megabyte / 2)) + "\":1}" },
    };

    [Theory]
    [MemberData(nameof(HostileEvents))]
    public void The_work_on_a_hostile_event_is_bounded_by_its_length(string text, string message)
    {
        FilterPattern pattern = FilterPattern.Parse(text);
        byte[] utf8 = Encoding.UTF8.GetBytes(message);

        WorkMeter.Reset();
        Assert.False(pattern.IsMatch(utf8));

        Assert.InRange(WorkMeter.Steps, 0, 10L * utf8.Length);
    }

    [Fact]
    public void The_longest_selector_fits_a_small_stack()
    {
        const int Steps = 500;
        string selector = "$" + string.Concat(Enumerable.Repeat(".a", Steps));
        byte[] utf8 = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", Steps)) + "1" + new string('}', Steps));
        bool matches = false;
        Thread thread = new(() => matches = FilterPattern.Parse($"{{ {selector} = 1 }}").IsMatch(utf8), 256 * 1024);

        thread.Start();
        thread.Join();

        Assert.True(matches);
    }

    [Fact]
    public void One_pattern_serves_many_threads_at_once()
    {
        FilterPattern pattern = FilterPattern.Parse("{ $.a = %^x+y$% || $.b[*] > 5 }");
        (byte[] Utf8, bool Expected)[] events = [.. Enumerable.Range(0, 64).Select(static i =>
            (Encoding.UTF8.GetBytes($$"""{"a":"{{new string('x', i)}}\u0079","b":[{{i % 7}}]}"""), i > 0 || i % 7 > 5))];

        int wrong = 0;
        Parallel.For(0, 20_000, i =>
        {
            (byte[] utf8, bool expected) = events[i % events.Length];
            if (pattern.IsMatch(utf8) != expected)
            {
                Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
    }
}
