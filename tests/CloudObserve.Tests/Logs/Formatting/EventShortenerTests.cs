using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve.Logs.Formatting;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Logs.Formatting;

public sealed class EventShortenerTests
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly EventShortener _shortener = new();

    [Fact]
    public void An_event_that_fits_is_left_alone() => Assert.Equal("""{"a":"b"}""", Shorten("""{"a":"b"}""", 18));

    [Fact]
    public void The_longest_strings_pay_first()
    {
        string text = $$"""{"level":"Error","message":"short enough","values":{"A":"{{new string('a', 500)}}","B":"{{new string('b', 100)}}" } }""";
        JsonElement json = JsonDocument.Parse(Shorten(text, 400)).RootElement;

        Assert.Equal("short enough", json.GetProperty("message").GetString());
        Assert.Equal(100, json.GetProperty("values").GetProperty("B").GetString()!.Length);
        Assert.InRange(json.GetProperty("values").GetProperty("A").GetString()!.Length, 150, 400);
        Assert.EndsWith("a\u2026", json.GetProperty("values").GetProperty("A").GetString(), StringComparison.Ordinal);
        Assert.True(json.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public void What_identifies_the_event_stays_until_nothing_else_is_left()
    {
        string template = "Order {OrderId} " + new string('t', 200);
        string text = $$"""{"level":"Error","message":"{{new string('m', 150)}}","template":"{{template}}","traceId":"0123456789abcdef0123456789abcdef","stack":"{{new string('s', 90)}}"}""";
        JsonElement json = JsonDocument.Parse(Shorten(text, 400)).RootElement;

        Assert.Equal(template, json.GetProperty("template").GetString());
        Assert.Equal("0123456789abcdef0123456789abcdef", json.GetProperty("traceId").GetString());

        json = JsonDocument.Parse(Shorten(text, 200)).RootElement;
        Assert.Equal("Error", json.GetProperty("level").GetString());
        Assert.Equal("0123456789abcdef0123456789abcdef", json.GetProperty("traceId").GetString());
        Assert.StartsWith("Order", json.GetProperty("template").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_numbers_keeps_the_first_of_them_and_what_is_small()
    {
        string text = $$"""{"values":[{{string.Join(',', Enumerable.Range(0, 500))}}],"few":[1,2],"level":"Error","traceId":"t"}""";

        Assert.Equal("""{"values":[0,1,2,3,4,5,6,7,8,9,10,11,12],"few":[1,2],"level":"Error","traceId":"t","truncated":true}""",
            Shorten(text, 100));
    }

    [Fact]
    public void An_event_that_says_already_that_it_was_cut_says_it_once()
    {
        string text = $$"""{"message":"{{new string('m', 100)}}","truncated":true}""";
        Assert.Equal("true", Parse(Shorten(text, 80)).GetProperty("truncated").GetRawText());

        text = $$"""{"truncated":{"x":"{{new string('x', 40)}}"},"message":"{{new string('m', 100)}}"}""";
        Assert.Equal("true", Parse(Shorten(text, 80)).GetProperty("truncated").GetRawText());

        text = $$"""{"numbers":[{{string.Join(',', Enumerable.Range(0, 100))}}],"truncated":"no"}""";
        Assert.Matches("""^\{"numbers":\[0,1,2[0-9,]*\],"truncated":true\}$""", Shorten(text, 80));
    }

    [Fact]
    public void Many_small_members_are_cut_at_the_end_and_their_neighbours_stay()
    {
        string members = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"Name{i}\":{i}"));
        string text = $$"""{"level":"Error","message":"hello","values":{ {{members}} },"scopes":{"Tenant":"t"},"traceId":"t"}""";
        JsonElement json = Parse(Shorten(text, 100_000));

        Assert.Equal("hello", json.GetProperty("message").GetString());
        Assert.Equal("t", json.GetProperty("scopes").GetProperty("Tenant").GetString());
        Assert.InRange(json.GetProperty("values").EnumerateObject().Count(), 6_000, 7_000);
        Assert.Equal(5_999, json.GetProperty("values").GetProperty("Name5999").GetInt32());
    }

    [Fact]
    public void One_huge_list_does_not_cost_its_neighbours()
    {
        string numbers = string.Join(',', Enumerable.Range(0, 1_000));
        string text = $$$$"""{"values":{"A":"{{{{new string('a', 60)}}}}","Huge":[[{{{{numbers}}}}],"text"],"B":{"C":[1,2,{"D":3}]}}}""";
        JsonElement values = Parse(Shorten(text, 400)).GetProperty("values");

        Assert.Equal(60, values.GetProperty("A").GetString()!.Length);
        Assert.Equal("""{"C":[1,2,{"D":3}]}""", values.GetProperty("B").GetRawText());
        Assert.Equal("text", values.GetProperty("Huge")[1].GetString());
        Assert.InRange(values.GetProperty("Huge")[0].GetArrayLength(), 20, 100);
    }

    [Fact]
    public void Metrics_embedded_in_an_event_keep_their_names()
    {
        string text = $$"""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"{{new string('n', 80)}}","Metrics":[{"Name":"M"}]}]},"M":1,"note":"{{new string('x', 300)}}"}""";

        Assert.Contains(new string('n', 80), Shorten(text, 300), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_cut_at_a_character_and_marked()
    {
        string text = string.Concat(Enumerable.Repeat("\uD83D\uDE00", 50));
        for (int limit = 18; limit < 30; limit++)
        {
            string cut = Shorten(text, limit);
            Assert.EndsWith(" [truncated]", cut, StringComparison.Ordinal);
            Assert.Equal(cut, Whole(cut));
        }
    }

    [Fact]
    public void What_only_looks_like_json_is_text() =>
        Assert.EndsWith(" [truncated]", Shorten("{\"message\": " + new string('m', 100), 50), StringComparison.Ordinal);

    [Fact]
    public void An_event_of_the_largest_size_of_cloudwatch_is_shortened_to_it()
    {
        string text = $$"""{"level":"Error","message":"{{new string('\u20AC', 700_000)}}"}""";
        string cut = Shorten(text, EventShortener.MaxEventBytes);

        Assert.InRange(Strict.GetByteCount(cut), EventShortener.MaxEventBytes - 2, EventShortener.MaxEventBytes);
        Assert.True(Parse(cut).GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public void Any_json_event_at_any_limit_stays_valid_and_within_it()
    {
        Gen<string> text = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""),
            from piece in Gen.Elements("a", "\"", "\\", "\n", "\u0001", "\u20AC", "\uD83D\uDE00", "e\u0301", "truncated", "\\u")
            from count in Gen.Choose(0, 60)
            select string.Concat(Enumerable.Repeat(piece, count)));
        Gen<string> name = Gen.OneOf(text, Gen.Elements("level", "template", "traceId", "message", "truncated", "_aws", "values"));
        Gen<(JsonObject Event, int Limit, bool Escaped)> cases =
            from json in Object(name, text, 3)
            from limit in Gen.Choose(EventShortener.MinLimit, 700)
            from escaped in Gen.Elements(true, false)
            select (json, limit, escaped);

        int shortened = 0;
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            // With everything beyond ASCII escaped, and with as little as possible.
            string before = c.Event.ToJsonString(c.Escaped ? null : new JsonSerializerOptions
            {
                Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            });
            string after = Shorten(before, c.Limit);
            Assert.InRange(Strict.GetByteCount(after), 1, c.Limit);
            JsonElement root = Parse(after);
            AssertText(root);
            if (Strict.GetByteCount(before) > c.Limit)
            {
                shortened++;
                Assert.Equal(JsonValueKind.True, root.GetProperty("truncated").ValueKind);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
        Assert.InRange(shortened, 300, 2000);
    }

    private static Gen<JsonObject> Object(Gen<string> name, Gen<string> text, int depth) =>
        from count in Gen.Choose(0, 6)
        from members in (from n in name from v in Value(name, text, depth - 1) select (n, v)).ListOf(count)
        select new JsonObject(members.DistinctBy(m => Whole(m.n)).Select(m => new KeyValuePair<string, JsonNode?>(Whole(m.n), m.v)));

    private static Gen<JsonNode?> Value(Gen<string> name, Gen<string> text, int depth)
    {
        Gen<JsonNode?> leaf = Gen.OneOf(
            text.Select(t => (JsonNode?)Whole(t)),
            Gen.Choose(int.MinValue, int.MaxValue).Select(n => (JsonNode?)n),
            Gen.Elements<bool?>(true, false, null).Select(b => b is null ? null : (JsonNode?)b.Value));
        return depth == 0 ? leaf : Gen.Frequency(
            (4, leaf),
            (1, Object(name, text, depth).Select(o => (JsonNode?)o)),
            (1, from count in Gen.Choose(0, 20) from items in leaf.ListOf(count) select (JsonNode?)new JsonArray([.. items])));
    }

    private static JsonElement Parse(string text) =>
        JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;

    // Reads every string: a half of an escaped pair would only be found then.
    private static void AssertText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Assert.Equal(property.Name, Whole(property.Name));
                    AssertText(property.Value);
                }

                break;
            case JsonValueKind.Array:
                Assert.All(element.EnumerateArray(), AssertText);
                break;
            case JsonValueKind.String:
                string text = element.GetString()!;
                Assert.Equal(text, Whole(text));
                break;
        }
    }

    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private string Shorten(string text, int limit)
    {
        ArrayBufferWriter<byte> output = new();
        _shortener.Shorten(Encoding.UTF8.GetBytes(text), limit, output);
        Assert.InRange(output.WrittenCount, 1, limit);
        return Strict.GetString(output.WrittenSpan);
    }
}
