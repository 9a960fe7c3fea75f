using System.Buffers;
using System.Text;
using System.Text.Json;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.Logs;

namespace CloudObserve.Tests.LogEvents.Redaction;

public sealed class RedactorTests
{
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

    [Theory]
    [InlineData("key AKIAIOSFODNN7EXAMPLE used", "key [redacted:aws-access-key-id] used")]
    [InlineData("ASIAIOSFODNN7EXAMPLE", "[redacted:aws-access-key-id]")]
    [InlineData("AWS_SECRET_ACCESS_KEY=" + SecretKey, "AWS_SECRET_ACCESS_KEY=[redacted:field]")]
    [InlineData("aws secret access key: " + SecretKey + ";", "aws secret access key: [redacted:aws-secret-access-key];")]
    [InlineData("the secret '" + SecretKey + "'", "the secret '[redacted:aws-secret-access-key]'")]
    [InlineData("Authorization: Bearer abc.def-123~x==", "Authorization: Bearer [redacted:bearer-token]")]
    [InlineData("got " + Jwt + ", fine", "got [redacted:jwt], fine")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- ok", "[redacted:private-key] ok")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIEcut", "[redacted:private-key]")]
    [InlineData("Server=x;Password=hunter2;Database=y", "Server=x;Password=[redacted:field];Database=y")]
    [InlineData("GET /a?access_token=abc&b=1", "GET /a?access_token=[redacted:field]&b=1")]
    [InlineData("api-key='a b'", "api-key='[redacted:field]'")]
    [InlineData("dbPassword=\"a b\" x", "dbPassword=\"[redacted:field]\" x")]
    public void Credentials_in_plain_text_are_replaced(string text, string expected) => Assert.Equal(expected, Redact(text));

    [Theory]
    [InlineData("""{"password":"hunter2","n":1}""", """{"password":"[redacted:field]","n":1}""")]
    [InlineData("""{"Api-Key" : "a\"b\\","n":1}""", """{"Api-Key" : "[redacted:field]","n":1}""")]
    [InlineData("""{"request.headers.Authorization":"Basic eA==","n":1}""",
        """{"request.headers.Authorization":"[redacted:field]","n":1}""")]
    [InlineData("""{"token":12345,"n":1}""", """{"token":"[redacted:field]","n":1}""")]
    [InlineData("""{"set-cookie":["a=\"]","b"],"n":1}""", """{"set-cookie":"[redacted:field]","n":1}""")]
    [InlineData("""{"token":null,"secret":true,"cookie":""}""", null)]
    [InlineData("""{"body":"{\"user\":\"x\",\"password\":\"p\\\"q\",\"n\":1}"}""",
        """{"body":"{\"user\":\"x\",\"password\":\"[redacted:field]\",\"n\":1}"}""")]
    [InlineData("""{"body":"{\u0022password\u0022:\u0022p\\\u0022q\u0022,\u0022n\u0022:1}"}""",
        """{"body":"{\u0022password\u0022:\u0022[redacted:field]\u0022,\u0022n\u0022:1}"}""")]
    [InlineData("""{"body":"{\"token\":42}"}""", """{"body":"{\"token\":\"[redacted:field]\"}"}""")]
    [InlineData("""{"message":"a\nAKIAIOSFODNN7EXAMPLE\n"}""", """{"message":"a\n[redacted:aws-access-key-id]\n"}""")]
    [InlineData("""{"message":"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n"}""",
        """{"message":"[redacted:private-key]\n"}""")]
    [InlineData("""{"message":"-----BEGIN PRIVATE KEY-----\nMIIE cut","n":1}""", """{"message":"[redacted:private-key]","n":1}""")]
    [InlineData("""{"message":"password=","n":"x"}""", null)]
    [InlineData("""{"message":"say password=\"a b\" now"}""", """{"message":"say password=\"[redacted:field]\" now"}""")]
    public void Credentials_in_JSON_are_replaced_inside_of_strings(string text, string? expected)
    {
        Assert.Equal(expected, Redact(text));
        JsonDocument.Parse(expected ?? text).Dispose();
    }

    [Theory]
    [InlineData("commit 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 of secret service")]
    [InlineData("secret hash 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12")]
    [InlineData("XAKIAIOSFODNN7EXAMPLE and AKIAIOSFODNN7EXAMPLEX and AKIA")]
    [InlineData("the bearer of news, a bearer authentication")]
    [InlineData("eyJ is how they begin; eyJhbGciOiJIUzI1NiJ9.x")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----")]
    [InlineData("invalid token: expected a name; if (token == null) tokens=3")]
    [InlineData("{\"CancellationToken\":\"x\",\"tokenCount\":\"3\",\"passwords\":\"none\"}")]
    [InlineData("a@b.example 4111 1111 1111 1111")]
    [InlineData("")]
    public void What_only_resembles_a_credential_stays(string text) => Assert.Null(Redact(text));

    [Fact]
    public void A_fields_value_is_also_taken_out_of_the_message()
    {
        Assert.Equal(
            """{"message":"Login of bob with [redacted:field], code [redacted:field] at 12345","Password":"[redacted:field]","Token":"[redacted:field]","admin":"x","n":12345}""",
            Redact("""{"message":"Login of bob with hunter2!x, code 1234 at 12345","Password":"hunter2!x","Token":"1234","admin":"x","n":12345}"""));
    }

    [Fact]
    public void A_key_that_begins_a_fields_value_does_not_hide_the_rest_of_it() => Assert.Equal(
        """{"m":"a secret","Password":"[redacted:field]"}""", Redact($$"""{"m":"a secret","Password":"{{SecretKey}} and more"}"""));

    [Fact]
    public void A_secret_that_stands_once_more_at_the_very_end_of_the_text_leaves_JSON_valid() => Assert.Equal(
        """{"Password":"[redacted:field]","n":41111111}""", Redact("""{"Password":"41111111}","n":41111111}"""));

    [Fact]
    public void A_secret_that_is_a_number_or_a_fields_name_elsewhere_leaves_JSON_valid()
    {
        string redacted =
            Redact("""{"Passwords":"x","Password":"12345678","n":12345678,"m":"\nabcdefgh","Secret":"nabcdefgh","Token":"Passwords"}""")!;
        using JsonDocument json = JsonDocument.Parse(redacted);
        Assert.Equal(12345678, json.RootElement.GetProperty("n").GetInt32());
        Assert.Equal("\nabcdefgh", json.RootElement.GetProperty("m").GetString());
        Assert.Equal("x", json.RootElement.GetProperty("Passwords").GetString());
    }

    [Theory]
    [InlineData("mail first.last+tag@mail.example.com.", "mail [redacted:email].")]
    [InlineData("""{"m":"a\nbob@x.io","n":"a\u002Btag@x.io","o":"@home a@b x@1.2"}""",
        """{"m":"a\n[redacted:email]","n":"[redacted:email]","o":"@home a@b x@1.2"}""")]
    [InlineData("""{"m":"a\\u002Bbob@x.io","n":"a\\\u002Bbob@x.io"}""", """{"m":"a\\[redacted:email]","n":"a\\[redacted:email]"}""")]
    public void Addresses_are_replaced_when_asked_for(string text, string expected) =>
        Assert.Equal(expected, Redact(text, new RedactionOptions { Emails = true }));

    [Theory]
    [InlineData("card 4111 1111 1111 1111 ok", "card [redacted:card-number] ok")]
    [InlineData("card 4111-1111-1111-1111.", "card [redacted:card-number].")]
    [InlineData("3782 822463 10005", "[redacted:card-number]")]
    [InlineData("at 12:00 5555555555554444", "at 12:00 [redacted:card-number]")]
    [InlineData("""{"card":4111111111111111,"m":"\n4111111111111111"}""",
        """{"card":"[redacted:card-number]","m":"\n[redacted:card-number]"}""")]
    [InlineData("""{"n":4111111111111111.5,"o":-4111111111111111,"p":41111111111111110000000,"q":"id4111111111111111"}""", null)]
    [InlineData("4111111111111112 1795132800000 2026-11-20 10:11:12 00000000000000000", null)]
    public void Card_numbers_are_replaced_when_asked_for(string text, string? expected) =>
        Assert.Equal(expected, Redact(text, new RedactionOptions { CardNumbers = true }));

    [Fact]
    public void With_a_key_equal_values_have_equal_hashes_and_others_others()
    {
        RedactionOptions options = new() { HashKey = "0123456789abcdef" };
        string one = Redact("""{"password":"hunter2"}""", options)!;
        Assert.Matches("""^\{"password":"\[redacted:field:[0-9a-f]{16}\]"\}$""", one);
        Assert.Equal(one, Redact("""{"password":"hunter2"}""", options));
        Assert.NotEqual(one, Redact("""{"password":"hunter3"}""", options));
        Assert.NotEqual(one, Redact("""{"password":"hunter2"}""", new RedactionOptions { HashKey = "0123456789abcdeX" }));
    }

    [Fact]
    public void The_users_patterns_see_values_without_their_escapes()
    {
        RedactionOptions options = new();
        options.Patterns["customer"] = "cust-[0-9]+";
        options.Patterns["quoted"] = "\"[^\"]*\"";
        Assert.Equal("a [redacted:customer] é", Redact("a cust-12 é", options));
        Assert.Equal(
            """{"cust-1":7,"m":"é\n[redacted:quoted] [redacted:customer]","n":["[redacted:customer]"],"p":"[redacted:field]"}""".Replace(
                "\"p\"", "\"password\"", StringComparison.Ordinal),
            Redact("""{"cust-1":7,"m":"é\n\"x\" cust-2","n":["cust-3"],"password":"abc"}""", options));
        Assert.Null(Redact("""{"m":"nothing"}""", options));
        Assert.Equal("[info] [redacted:customer] [end]", Redact("[info] cust-12 [end]", options));
    }

    [Fact]
    public void Own_field_names_are_added_and_all_can_be_cleared()
    {
        RedactionOptions options = new();
        options.FieldNames.Clear();
        options.FieldNames.Add("*_iban");
        Assert.Equal("""{"password":"x","customerIban":"[redacted:field]"}""",
            Redact("""{"password":"x","customerIban":"DE1"}""", options));
        Assert.Null(Redact("AKIAIOSFODNN7EXAMPLE", new RedactionOptions { Enabled = false }));
    }

    [Fact]
    public void An_own_field_name_that_is_a_part_of_how_tokens_begin_hides_none_of_them()
    {
        RedactionOptions options = new();
        options.FieldNames.Add("pat");
        options.FieldNames.Add("live");
        string body = new('a', 30);
        Assert.Equal("[redacted:github-token] [redacted:stripe-key]", Redact($"github_pat_{body}1 sk_live_{body}1", options));
    }

    [Fact]
    public void An_event_of_a_megabyte_is_searched_across_every_chunk()
    {
        foreach (int before in Enumerable.Range(2030, 40).Append(1_000_000))
        {
            string padding = new('x', before);
            Assert.Equal(padding + " [redacted:aws-access-key-id]", Redact(padding + " AKIAIOSFODNN7EXAMPLE"));
        }
    }

    [Theory]
    [InlineData("eyJ-")]
    [InlineData("token\":[")]
    [InlineData("-----BEGIN ")]
    [InlineData("secret")]
    [InlineData("password=\\")]
    [InlineData("8Q~")]
    [InlineData("://a:b")]
    [InlineData("p\\u0061ss")]
    [InlineData("token:'a")]
    [InlineData("<password ")]
    [InlineData("{pass:1")]
    [InlineData("4 ")]
    [InlineData("@")]
    public void A_text_of_beginnings_is_read_a_bounded_number_of_times(string beginning)
    {
        // Were the work quadratic, this would take minutes; there is no clock here, only patience.
        string text = string.Concat(Enumerable.Repeat(beginning, 250_000 / beginning.Length));
        _ = Redact(text, new RedactionOptions { Emails = true, CardNumbers = true });
    }

    [Fact]
    public void Finding_nothing_allocates_nothing()
    {
        RedactionOptions options = new() { Emails = true, CardNumbers = true };
        options.Patterns["customer"] = "cust-[0-9]+";
        Redactor redactor = new(options);
        ArrayBufferWriter<byte> output = new();
        ReadOnlySpan<byte> text =
            """{"time":"2026-11-20T10:11:12Z","message":"Order 4711 placed; CancellationToken, no secrets","template":"a@b {Id}","n":1.5}"""u8;
        for (int i = 0; i < 100; i++)
        {
            Assert.False(redactor.TryRedact(text, output));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = redactor.TryRedact(text, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, output.WrittenCount);
    }

    internal static string? Redact(string text, RedactionOptions? options = null)
    {
        ArrayBufferWriter<byte> output = new();
        bool found = new Redactor(options ?? new RedactionOptions()).TryRedact(Encoding.UTF8.GetBytes(text), output);
        Assert.Equal(found, output.WrittenCount > 0);
        return found ? Encoding.UTF8.GetString(output.WrittenSpan) : null;
    }
}
