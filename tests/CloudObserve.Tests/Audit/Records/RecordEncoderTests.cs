using System.Buffers;
using System.Text;
using System.Text.Json;
using CloudObserve.Audit;
using CloudObserve.Audit.Events;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Records;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Audit.Records;

public sealed class RecordEncoderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 15, 21, 900, TimeSpan.FromHours(2));
    private static readonly RecordDefaults Defaults = new("shop", "111122223333", "eu-west-1", "web-1");

    [Fact]
    public void An_event_with_everything_becomes_a_CloudTrail_record()
    {
        Guid id = Guid.NewGuid();
        JsonElement record = Encode(new AuditEvent("RefundOrder")
        {
            EventId = id,
            UserIdentity = new AuditIdentity("WebIdentityUser")
            {
                PrincipalId = "u-1",
                UserName = "ann",
                AccessKeyId = "AKIAIOSFODNN7EXAMPLE",
                Session = new AuditSession
                {
                    CreationDate = Now,
                    MfaAuthenticated = false,
                    Issuer = new AuditIdentity("Role") { UserName = "admin" },
                },
            },
            SourceIPAddress = "203.0.113.7",
            UserAgent = "curl",
            RequestId = "r-1",
            RequestParameters = new AuditData
            {
                ["orderId"] = 42,
                ["amount"] = 12.50m,
                ["tags"] = new[] { "a", "b" },
                ["inner"] = new AuditData { ["on"] = true },
            },
            ResponseElements = new AuditData { ["at"] = Now, ["nothing"] = (string?)null, ["nan"] = double.NaN },
            AdditionalEventData = new AuditData { ["tenant"] = "eu" },
            ErrorCode = "Declined",
            ErrorMessage = "The bank said no.",
            Resources = [new AuditResource("order/42", "Shop::Order", "111122223333")],
        });

        Assert.Equal(
            ["eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent",
                "errorCode", "errorMessage",
                "requestParameters", "responseElements", "requestID", "eventID", "readOnly", "eventType", "managementEvent",
                    "recipientAccountId", "eventCategory",
                "resources", "additionalEventData"],
            record.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("1.11", "2026-11-20T07:15:21Z", "shop", "eu-west-1"),
            (Text(record, "eventVersion"), Text(record, "eventTime"), Text(record, "eventSource"), Text(record, "awsRegion")));
        Assert.Equal((id.ToString(), "AwsApiCall", "Management"),
            (Text(record, "eventID"), Text(record, "eventType"), Text(record, "eventCategory")));
        Assert.Equal("""{"orderId":42,"amount":12.50,"tags":["a","b"],"inner":{"on":true}}""", record.GetProperty("requestParameters")
            .GetRawText());
        Assert.Equal("""{"at":"2026-11-20T07:15:21.9Z","nothing":null,"nan":"NaN"}""", record.GetProperty("responseElements").GetRawText());
        Assert.Equal(
            """{"type":"WebIdentityUser","principalId":"u-1","userName":"ann","accessKeyId":"AKIAIOSFODNN7EXAMPLE","sessionContext":{"sessionIssuer":{"type":"Role","userName":"admin"},"attributes":{"creationDate":"2026-11-20T07:15:21Z","mfaAuthenticated":"false"}}}""",
            record.GetProperty("userIdentity").GetRawText());
        Assert.Equal("""[{"ARN":"order/42","accountId":"111122223333","type":"Shop::Order"}]""", record.GetProperty("resources")
            .GetRawText());
        Assert.Equal(["trail", "tenant"], record.GetProperty("additionalEventData").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void An_event_with_nothing_has_no_empty_field()
    {
        JsonElement record = Encode(new AuditEvent("Act"));

        Assert.Equal("""{"type":"Anonymous","principalId":"Anonymous","userName":"Anonymous"}""", record.GetProperty("userIdentity")
            .GetRawText());
        Assert.Equal("web-1", Text(record, "sourceIPAddress"));
        Assert.Equal(JsonValueKind.Null, record.GetProperty("requestParameters").ValueKind);
        Assert.All(record.EnumerateObject()
            .Where(p => p.Value.ValueKind == JsonValueKind.String), p => Assert.NotEqual("", p.Value.GetString()));
        Assert.False(record.TryGetProperty("errorCode", out _));
    }

    [Fact]
    public void Texts_are_cut_at_1_KB_between_characters()
    {
        JsonElement record = Encode(new AuditEvent("Act")
        {
            UserAgent = "x" + string.Concat(Enumerable.Repeat("\U0001F600", 400)),
            ErrorCode = new string('e', 2000),
            ErrorMessage = new string('ä', 2000),
        });

        Assert.Equal("x" + string.Concat(Enumerable.Repeat("\U0001F600", 255)), Text(record, "userAgent"));
        Assert.Equal((1024, 512), (Text(record, "errorCode").Length, Text(record, "errorMessage").Length));
    }

    [Theory]
    [InlineData(100 * 1024, false)]
    [InlineData((100 * 1024) + 1, true)]
    public void Parameters_over_100_KB_are_left_out_and_named(int bytes, bool isOmitted)
    {
        string value = new('v', bytes - """{"k":""}""".Length);
        JsonElement record = Encode(new AuditEvent("Act") { RequestParameters = new AuditData { ["k"] = value } });

        Assert.Equal(isOmitted ? JsonValueKind.Null : JsonValueKind.Object, record.GetProperty("requestParameters").ValueKind);
        Assert.Equal(isOmitted, record.GetProperty("additionalEventData").TryGetProperty("omitted", out JsonElement omitted));
        Assert.True(!isOmitted || omitted.GetRawText() == """["requestParameters"]""");
    }

    public static TheoryData<string> Endless() => ["itself", "doubling", "list", "deep", "json"];

    [Theory]
    [MemberData(nameof(Endless))]
    public void Data_that_has_no_end_or_goes_too_deep_is_left_out_and_named(string kind)
    {
        AuditData data = new() { ["orderId"] = 42 };
        AuditValue[] list = new AuditValue[2];
        switch (kind)
        {
            case "itself":
                data["self"] = data;
                break;
            case "list":
                (list[0], list[1]) = (list, list);
                data["list"] = list;
                break;
            case "json":
                data["json"] = JsonDocument.Parse(
                    new string('[', 70) + new string(']', 70), new JsonDocumentOptions { MaxDepth = 80 }).RootElement;
                break;
            default:
                // Either two of each on forty levels, which no memory holds, or one on seventy.
                for (int level = 0; level < (kind == "deep" ? 70 : 40); level++)
                {
                    data = kind == "deep" ? new AuditData { ["a"] = data } : new AuditData { ["a"] = data, ["b"] = data };
                }

                break;
        }

        JsonElement record = Encode(new AuditEvent("Act") { RequestParameters = data, ResponseElements = new AuditData { ["ok"] = true } });
        Assert.Equal("""["requestParameters"]""", Omitted(record));
        Assert.True(record.GetProperty("responseElements").GetProperty("ok").GetBoolean());
    }

    [Fact]
    public void Additional_data_over_28_KB_is_left_out_and_the_stamp_stays()
    {
        JsonElement record = Encode(new AuditEvent("Act") { AdditionalEventData = new AuditData { ["k"] = new string('v', 28 * 1024) } });

        Assert.Equal("""["additionalEventData"]""", record.GetProperty("additionalEventData").GetProperty("omitted").GetRawText());
    }

    [Fact]
    public void A_record_over_256_KB_loses_parts_in_CloudTrails_order_and_resources_last()
    {
        AuditData large = new() { ["k"] = new string('v', 99 * 1024) };
        AuditEvent tooLarge = new("Act")
        {
            RequestId = "r",
            UserAgent = "u",
            ErrorCode = "E",
            RequestParameters = large,
            ResponseElements = large,
            Resources = [.. Enumerable.Range(0, 40).Select(i => new AuditResource(new string('a', 2000) + i))],
        };
        JsonElement record = Encode(tooLarge);
        Assert.Equal("""["requestID","userAgent","errorCode","responseElements"]""", Omitted(record));
        Assert.Equal(40, record.GetProperty("resources").GetArrayLength());

        JsonElement larger = Encode(tooLarge with
        {
            Resources = [.. Enumerable.Range(0, 400).Select(i => new AuditResource(new string('a', 2000) + i))],
        });
        Assert.Equal("""["requestID","userAgent","errorCode","responseElements","requestParameters","resources"]""", Omitted(larger));
        Assert.Equal(100, larger.GetProperty("resources").GetArrayLength());
    }

    [Theory]
    [InlineData("trail")]
    [InlineData("action")]
    [InlineData("omitted")]
    public void A_caller_cannot_pass_off_data_as_the_trails_own(string name) => Assert.Throws<ArgumentException>(
        () => Encode(new AuditEvent("Act") { AdditionalEventData = new AuditData { [name] = 1 } }));

    [Fact]
    public void Secrets_are_searched_in_all_free_parts_together_and_nowhere_else()
    {
        JsonElement record = Encode(
            new AuditEvent("Act")
            {
                RequestParameters = new AuditData { ["password"] = "hunter22" },
                ErrorMessage = "hunter22 is wrong",
                UserIdentity = new AuditIdentity("IAMUser") { UserName = "hunter22" },
            },
            new Redactor(new RedactionOptions { Patterns = { ["word"] = "hunter22" } }));

        Assert.Equal("""{"password":"[redacted:field]"}""", record.GetProperty("requestParameters").GetRawText());
        Assert.Equal("[redacted:field] is wrong", Text(record, "errorMessage"));
        Assert.Equal("hunter22", record.GetProperty("userIdentity").GetProperty("userName").GetString());
    }

    [Fact]
    public void Any_texts_whatsoever_make_one_line_of_JSON_within_the_limits_with_its_stamp_in_place() => Prop.ForAll(
        ArbMap.Default.ArbFor<string[]>(),
        texts =>
        {
            string Any(int i) => texts.Length == 0 ? "" : string.Concat(Enumerable.Repeat(texts[i % texts.Length] ?? "", 1 + (i * 700)));
            byte[] line = Line(new AuditEvent(Any(1))
            {
                EventSource = Any(2),
                UserIdentity = new AuditIdentity(Any(3))
                {
                    PrincipalId = Any(4),
                    UserName = Any(5),
                    Arn = Any(6),
                    Session = new AuditSession { SourceIdentity = Any(7) },
                },
                SourceIPAddress = Any(8),
                UserAgent = Any(9),
                RequestId = Any(10),
                RequestParameters = new AuditData { [Any(0)] = Any(11), ["k"] = Any(12) },
                ErrorCode = Any(13),
                ErrorMessage = Any(14),
                Resources = [new AuditResource(Any(15), Any(16))],
                AdditionalEventData = new AuditData { ["x" + Any(0)] = Any(1) },
            });

            return TrailStamp.TryRead(line, out TrailStamp stamp) && stamp.Sequence == 7
                && line.Length <= RecordLimits.MaxRecordBytes && !line.Contains((byte)'\n')
                && new UTF8Encoding(false, true).GetString(line).Length > 0;
        }).QuickCheckThrowOnFailure();

    private static string Omitted(JsonElement record) => record.GetProperty("additionalEventData").GetProperty("omitted").GetRawText();

    private static string Text(JsonElement record, string name) => record.GetProperty(name).GetString()!;

    private static JsonElement Encode(AuditEvent auditEvent, Redactor? redactor = null)
    {
        using JsonDocument document = JsonDocument.Parse(Line(auditEvent, redactor));
        return document.RootElement.Clone();
    }

    private static byte[] Line(AuditEvent auditEvent, Redactor? redactor = null)
    {
        using RecordEncoder encoder = new(Defaults, redactor);
        EncodedRecord record = encoder.Encode(auditEvent, Now);
        ArrayBufferWriter<byte> line = new();
        line.Write(record.BeforeStamp);
        new TrailStamp(7, RecordHash.None).Write(line);
        line.Write(record.AfterStamp);
        return line.WrittenSpan.ToArray();
    }
}
