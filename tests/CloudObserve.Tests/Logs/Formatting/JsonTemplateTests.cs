using CloudObserve.Logs;
using CloudObserve.Logs.Capture;
using CloudObserve.Logs.Formatting;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs.Formatting;

/// <summary>An event that is written by its prepared template is the event it would be without one.</summary>
public sealed class JsonTemplateTests
{
    private static readonly string[] Names = ["Order", "Total", "with \"quotes\"", "\u00E9"];

    private static readonly string[] Literals = ["", " ", "took ", "\"quoted\" \\ \n", "{{braces}}", "\u20AC"];

    private static readonly object?[] Values =
    [
        null, "", "text", "\"quoted\" \\ \n\u0001", "\u20AC\uD83D\uDE00", 'c', '"', true, false, 0, -1, int.MinValue, 42u, long.MaxValue,
        ulong.MaxValue, (byte)255,
        (sbyte)-128, (short)-3, (ushort)65535, 1.5f, 0.1f, float.NaN, float.PositiveInfinity, 2.5, -0.0, 1e300, 249.5, double.NaN,
            double.NegativeInfinity, 1.00m,
        Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"), TimeSpan.FromSeconds(-1.5),
            new DateTime(2026, 11, 20, 9, 30, 1, 234, DateTimeKind.Utc),
        new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.FromHours(2)), DayOfWeek.Friday, new object?[] { 1, "\"two\"", null },
            new Version(1, 2),

        // More than a new buffer has room for, and more still once escaped.
        new string('x', 3000), new string('\u0001', 700),
    ];

    [Fact]
    public void An_event_is_the_same_with_and_without_a_prepared_template()
    {
        // A fixed number of templates: the logging framework keeps the first thousand of a process, and what other tests log should be
        // among them.
        (string Text, string[] Names)[] templates = [.. Enumerable.Range(0, 60).Select(seed => MakeTemplate(new Random(seed)))];
        Gen<(string Template, string[] Names, object?[] Values)> calls =
            from template in Gen.Elements(templates)
            from values in Gen.Elements(Values).ArrayOf(template.Names.Length)
            select (template.Text, template.Names, values);

        LogFixture fixture = new();
        JsonLogEventFormatter formatter = new();
        Prop.ForAll(calls.ToArbitrary(), call =>
        {
            Messages.Any(fixture.Logger, call.Template, call.Values);
            string message = fixture.Message();
            string byTemplate = fixture.Text(new JsonLogEventFormatter());
            KeyValuePair<string, object?>[] state =
                [.. call.Names.Zip(call.Values, KeyValuePair.Create),
                    KeyValuePair.Create(StateCapture.OriginalFormat, (object?)call.Template)];
            fixture.Logger.Log(LogLevel.Information, default, state, null, (_, _) => message);

            Assert.Equal(fixture.Text(formatter), byTemplate);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Theory]
    [InlineData("{A}", true)]
    [InlineData("{A} and {B}", true)]
    [InlineData("none", false)]
    [InlineData("{A,5}", false)]
    [InlineData("{A:x}", false)]
    [InlineData("{A} {A}", false)]
    [InlineData("{A", false)]
    public void Templates_without_formats_paddings_and_repetitions_are_prepared(string template, bool expected) =>
        Assert.Equal(expected, JsonTemplate.Create(new InternedString(1, template)) is not null);

    // A formatter of the application can get events of two hosts, each with its own table of texts.
    [Fact]
    public void A_text_with_the_id_of_another_gets_its_own_template()
    {
        JsonTemplateCache cache = new();
        InternedString[] texts = [new(1, "{A}"), new(1, "{A} and {B}"), new(2, "none"), new(4096, "{A}")];

        JsonTemplate? first = cache.Find(texts[0]);

        Assert.NotNull(first);
        Assert.Same(first, cache.Find(texts[0]));
        Assert.NotSame(first, cache.Find(texts[1]));
        Assert.Null(cache.Find(texts[2]));
        Assert.NotNull(cache.Find(texts[3]));
        Assert.NotSame(cache.Find(texts[1]), cache.Find(texts[0]));
    }

    [Fact]
    public void A_template_of_more_places_than_are_prepared_is_written_all_the_same()
    {
        LogFixture fixture = new();
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"N{i}")];
        Messages.Any(fixture.Logger, string.Concat(names.Select(name => $"{{{name}}}")), [.. names]);

        Assert.Equal(names, fixture.Json().GetProperty("values").EnumerateObject().Select(value => value.Value.GetString()));
    }

    [Fact]
    public void Calls_that_differ_in_level_category_or_id_have_heads_of_their_own()
    {
        LogFixture fixture = new();
        JsonLogEventFormatter formatter = new();
        ILogger other = fixture.Provider.CreateLogger("Other");

        // Many more than there are places, so that some meet in one.
        for (int round = 0; round < 2; round++)
        {
            for (int id = 0; id < 3000; id++)
            {
                EventId eventId = new(id, id % 3 == 0 ? "Named" : null);
                LogLevel level = (LogLevel)(id % 6);
                (id % 2 == 0 ? other : fixture.Logger).Log(level, eventId, "text {A}", id);
                string idText = id == 0 ? "" : $",\"eventId\":{id}";
                string nameText = eventId.Name is null ? "" : ",\"eventName\":\"Named\"";
                string head = $"\"level\":\"{level}\",\"category\":\"{(id % 2 == 0 ? "Other" : LogFixture.Category)}\"{idText}{nameText},\"message\"";

                Assert.Contains(head, fixture.Text(formatter), StringComparison.Ordinal);
            }
        }
    }

    private static (string Text, string[] Names) MakeTemplate(Random random)
    {
        string[] names = Names[..random.Next(1, Names.Length + 1)];
        string Literal() => Literals[random.Next(Literals.Length)];
        return (Literal() + string.Concat(names.Select(name => $"{{{name}}}{Literal()}")), names);
    }
}
