using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.LogEvents.Redaction;

public sealed class RedactedJsonTests
{
    // Pieces that begin, end or break what detectors look for, so that random sequences of them are mostly adversarial.
    private static readonly Gen<string> Text = Gen.Elements(
        "password", "token", "secret", "\"", "\\", ":", "=", "'", "\n", "\t", "/", "{", "[", "]", "}", ",", " ", "é", "😀", "&", "+", "<",
        "n", "u002B",
        "eyJhbGciOi", ".", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "Bearer ", "abcdef123456", "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "bob", "@", "mail.example", "4111111111111111", "4111 1111 1111 1111", "cust-1",
        "\"password\":\"", "{\"token\":[")
        .ArrayOf().Select(string.Concat);

    private static readonly JsonSerializerOptions Strict = new() { Encoder = JavaScriptEncoder.Default };
    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    [Fact]
    public void Redacted_JSON_is_JSON_of_the_same_shape()
    {
        Gen<JsonNode?> leaf = Gen.OneOf(
            Text.Select(t => (JsonNode?)JsonValue.Create(t)),
            Text.Select(t => (JsonNode?)JsonValue.Create(
                JsonSerializer.Serialize(new Dictionary<string, string> { ["password"] = t, [t] = "x" }, Strict))),
            Gen.Elements(4111111111111111, 5, -5).Select(n => (JsonNode?)JsonValue.Create(n)));
        Gen<JsonNode?> value =
            Gen.OneOf(leaf, leaf.ArrayOf(3).Select(items => (JsonNode?)new JsonArray([.. items.Select(i => i?.DeepClone())])));
        Gen<(string, JsonNode?)[]> members = Gen.Elements("message", "password", "x.token", "n", "cookie", "a b", "@")
            .SelectMany(name => value.Select(v => (name, v))).ArrayOf(5);

        Prop.ForAll(members.ToArbitrary(), m => KeepsShape(m, Strict) && KeepsShape(m, Relaxed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Fact]
    public void Whatever_the_text_and_wherever_it_ends_redacting_it_does_not_fail()
    {
        Gen<string> ends = Gen.Elements("{}", "[]", "\"\"", "{\"", "\\\\", "  ");
        RedactionOptions options = new() { Emails = true, CardNumbers = true };
        options.Patterns["customer"] = "cust-[0-9]|\"";
        Gen<string> secret = Text.Where(t => t.Length > 3);
        Gen<string> text = from middle in Text
                           from value in secret
                           from end in ends
                           select $"{end[0]}{middle},\"password\":\"{value}{end[1]}\",token={value}{end[1]},{value}{end[1]}";

        Prop.ForAll(text.ToArbitrary(), t => RedactorTests.Redact(t, options) != "").Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Redacting_a_name_at_the_very_beginning_does_not_throw_whatever_quote_follows()
    {
        string[] begins = ["", "\"", " ", "{", "\\"];
        string[] quotes = ["\"", "\\\"", "\\\\\\\"", "\\u0022", "'"];
        string[] ends = ["", " ", "\n", " x", "\r\n\r\nhunter2", "\\n\\nhunter2", ",", ":", "=", "]", "value=x"];
        foreach ((string begin, string text) in
            from begin in begins from quote in quotes from end in ends select (begin, begin + "password" + quote + end))
        {
            // Nothing before the value is changed.
            Assert.StartsWith(begin + "password", RedactorTests.Redact(text) ?? text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_secret_field_of_random_JSON_keeps_its_value()
    {
        Prop.ForAll(Text.ToArbitrary(), secret =>
        {
            string value = secret + "0";
            string text = JsonSerializer.Serialize(new { message = $"with {value}.", Password = value, after = "x" }, Strict);
            using JsonDocument json = JsonDocument.Parse(RedactorTests.Redact(text)!);
            return json.RootElement.GetProperty("Password").GetString() == "[redacted:field]"
                && json.RootElement.GetProperty("after").GetString() == "x"
                && (value.Length < 8 || !json.RootElement.GetProperty("message").GetString()!.Contains(value, StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Theory]
    [InlineData("@password0")]
    [InlineData("@Secret2024")]
    [InlineData("@token1")]
    public void A_secret_that_looks_like_a_numbered_parameter_of_SQL_is_replaced(string secret) =>
        Assert.Equal("{\"Password\":\"[redacted:field]\"}", RedactorTests.Redact($"{{\"Password\":\"{secret}\"}}"));

    [Fact]
    public void Whatever_is_nested_in_JSON_it_stays_JSON_and_grows_only_by_markers()
    {
        Gen<string> pieces = Gen.Elements(
            "password", "pass", "cookie", "authorization", "=", ":", "\"", "\\", "'", ";", ",", "{", "}", "[", "]", "<", ">", "\n", " ",
            "&", "+", "%", "$",
            "u0022", "\\u0061", "://", "JQQJ" + "99", "8"
            + "Q~", "sig=", "--", "=>", "value", "hunter2", "[redacted:field]", "Bearer ", "basic ", "é", "😀",
            "curl -u ", "sshpass -p ", "GRANT IDENTIFIED BY ", "ConvertTo-SecureString ", "Some(", "name:", "value:", "- ", "|\n  ", ">\n",
            "%22", "%3D", "%253A",
            "form-data; name=", "\r\n\r\n", "\" -> \"")
            .ArrayOf().Select(string.Concat);
        Gen<string> texts = Gen.Elements([.. SecretForms.All, .. ToolSecretForms.All, .. OrdinaryTexts.All, .. ToolOrdinaryTexts.All]);
        Gen<string> text = from before in pieces from form in texts from after in pieces select before + form + after;
        Prop.ForAll(text.ToArbitrary(), t =>
        {
            string json = JsonSerializer.Serialize(
                new { a = t, b = JsonSerializer.Serialize(new { c = t, password = t }, Strict), d = "end" }, Relaxed);
            string redacted = RedactorTests.Redact(json) ?? json;
            using JsonDocument parsed = JsonDocument.Parse(redacted);
            return parsed.RootElement.GetProperty("d").GetString() == "end" && redacted.Length <= (json.Length * 8) + 64;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static bool KeepsShape((string Name, JsonNode? Value)[] members, JsonSerializerOptions writing)
    {
        JsonObject before = [];
        foreach ((string name, JsonNode? value) in members)
        {
            before[name] = value?.DeepClone();
        }

        RedactionOptions options = new() { Emails = true, CardNumbers = true };
        options.Patterns["customer"] = "cust-[0-9]|\"|b[^o]";
        string text = before.ToJsonString(writing);
        string? redacted = RedactorTests.Redact(text, options);
        JsonObject after = JsonNode.Parse(redacted ?? text)!.AsObject();
        return before.Select(p => p.Key).SequenceEqual(after.Select(p => p.Key))
            && before.All(p => p.Value is not JsonArray array || after[p.Key] is not JsonArray other || array.Count == other.Count);
    }
}
