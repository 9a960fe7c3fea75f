using System.Collections;
using System.Globalization;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs.Capture;

/// <summary>A message rendered by the reader is the one the call's own formatter gives.</summary>
public sealed class MessageFidelityTests
{
    private static readonly string[] Literals =
        ["", " ", "text ", "{{", "}}", "{{}}", "{{x}}", "\u20AC\u00E9 ", "\"quoted\" \\ \n\t", "\uD83D\uDE00", "a{{b", "}}c ", "{{{{",
            ": ,"];

    private static readonly string[] Suffixes =
    [
        "", "", "", "", ",8", ",-8", ", 12", ",0", ":N2", ":X", ":x8", ":G", ":D", ":O", ":yyyy-MM-dd", ":0.00", ",10:F1", ",-10:E3", ":P",
        ":HH:mm:ss,fff",
        ":c", ":B", "}}", ":N2}}", ",3}}}}",
    ];

    private static readonly object?[] Values =
    [
        null, "", "text", "with {braces}", "\uD83D\uDE00 smile", 0, -1, int.MinValue, 42u, long.MaxValue, ulong.MaxValue, (byte)255,
        (sbyte)-128, (short)-3,
        (ushort)65535, 1.5f, 0.1f, float.NaN, 2.5, -0.0, 1e300, double.PositiveInfinity, 12345.678m, 1.00m, true, false, 'c', '\u20AC',
            DayOfWeek.Friday,
        (DayOfWeek)99, LogLevel.Error, AttributeTargets.Class
            | AttributeTargets.Enum, new DateTime(2026, 11, 20, 9, 30, 1, 234, DateTimeKind.Utc),
        new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Local), new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.FromHours(2)),
            TimeSpan.FromSeconds(1.5),
        Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"), new DateOnly(2026, 11, 20), new TimeOnly(9, 30), new Half[] { (Half)1.5 },
            (nint)5, Int128.MaxValue,
        new int[] { 1, 2, 3 }, Array.Empty<string>(), new object?[] { "a", null, 1.5, DayOfWeek.Monday, new int[] { 1 }, 'x', true },
        new List<string?> { "one", null, "three" }, new Dictionary<string, int> { ["k"] = 1 }, new byte[] { 1, 255 }, IPAddress.Loopback,
            new Version(1, 2, 3),
        new Uri("http://example.org/"), typeof(string), new Own(), new NullText(), new Listed(), new { Name = "anonymous", N = 1.5 },
            (1, "tuple"),
    ];

    [Fact]
    public void Any_template_and_values_give_what_the_standard_formatter_gives()
    {
        (string Text, int Holes)[] templates = [.. MakeTemplates()];
        Gen<(string Template, object?[] Values)> calls =
            from template in Gen.Elements(templates)
            from values in Gen.Elements(Values).ArrayOf(template.Holes)
            select (template.Text, values);

        LogFixture fixture = new(tableCapacity: 256);
        int compared = 0;
        Prop.ForAll(calls.ToArbitrary(), call => compared += AssertSame(fixture, call.Template, call.Values))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(4000));

        // Many specifiers fit few types; those calls throw before there is anything to compare.
        Assert.InRange(compared, 1500, 4000);
    }

    public static TheoryData<string, int> OddTemplates() => new()
    {
        { "{{{A}}}", 1 }, { "{{{{A}}}}", 0 }, { "{A}}}", 1 }, { "{{{A}", 1 }, { "{}", 1 }, { "{ A }", 1 }, { "{A ,5}", 1 }, { "{A:}", 1 },
            { "{A,-5 }", 1 },
        { "no holes {{ at all }}", 1 }, { "no holes {{ at all }}", 0 }, { "{A:{{x}}}", 1 }, { "{A:x}}y}", 1 }, { "{@A} {$B}", 2 },
            { "{0} {1}", 2 }, { "{A} {A}", 2 },
        { "{A.B} {a-b}", 2 }, { "{A,100001}", 1 }, { "{A:,5}", 1 }, { "{A:yyyy,MM}", 1 }, { "", 0 }, { "{A}", 0 }, { "{A", 0 },
            { "A}", 0 }, { "{{A", 0 }, { "%s", 1 },
    };

    [Theory]
    [MemberData(nameof(OddTemplates))]
    public void Odd_templates_give_what_the_standard_formatter_gives(string template, int arguments) =>
        AssertSame(new LogFixture(), template, [.. Enumerable.Range(0, arguments).Select(i => (object)(i + 1.5))]);

    [Fact]
    public void Generated_methods_give_what_their_own_formatter_gives()
    {
        LogFixture fixture = new();
        Fidelity logger = new(fixture.Logger);
        Check(() => logger.OrderPlaced("o-1", "Ann", 1234.5m));
        Check(() => logger.OrderPlaced(null!, "Ann", 0));
        Check(() => logger.Reversed(1, 2, 3, 4, 5, 6, [1, 2], null));
        Check(() => logger.Constant());
        Check(() => logger.OrderTook(1, 2));

        void Check(Action call)
        {
            call();
            Assert.Equal(logger.Expected, fixture.Message());
        }
    }

    [Fact]
    public void A_decorators_own_formatter_is_obeyed()
    {
        LogFixture fixture = new();
        Decorator decorator = new(fixture.Logger);
        fixture.Logger.LogInformation("plain {A}", 1);
        decorator.LogInformation("decorated {A}", 1);
        Assert.Equal("tenant: decorated 1", fixture.Message());
        fixture.Logger.LogInformation("plain {A}", 2);
        Assert.Equal("plain 2", fixture.Message());
    }

    [Fact]
    public void A_specifier_that_a_type_does_not_know_costs_the_specifier_and_not_the_event()
    {
        LogFixture fixture = new();
        fixture.Logger.LogInformation("{A:Q} {B}", 5, "b");

        Assert.Equal("5 b", fixture.Message());
    }

    // Few enough that the framework, which keeps 1,024 templates of a process, still keeps those of the other tests.
    private static IEnumerable<(string Text, int Holes)> MakeTemplates()
    {
        Random random = new(20261120);
        for (int i = 0; i < 500; i++)
        {
            int holes = random.Next(5);
            string[] parts = random.GetItems(Literals, holes + 1);
            string[] suffixes = random.GetItems(Suffixes, holes);
            yield return (string.Concat(suffixes.Select((s, h) => $"{parts[h]}{{V{h % 3}{Close(s)}")) + parts[^1], holes);
        }

        // A suffix that ends in braces goes on behind the hole with as many.
        static string Close(string suffix) => suffix.TrimEnd('}') + "}" + new string('}', suffix.Length - suffix.TrimEnd('}').Length);
    }

    private static int AssertSame(LogFixture fixture, string template, object?[] values)
    {
        Fidelity logger = new(fixture.Logger);
        try
        {
            Messages.Any(logger, template, values);
        }
        catch (FormatException)
        {
            // The call itself refuses the template, or its formatter the specifier: there is nothing to compare with.
            return 0;
        }

        Assert.Equal(logger.Expected, fixture.Message());
        return 1;
    }

    /// <summary>Asks the call's formatter first, then passes the call on as it came.</summary>
    private sealed class Fidelity(ILogger inner) : ILogger
    {
        internal string? Expected { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Expected = formatter(state, exception);
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    private sealed class Decorator(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            inner.Log(logLevel, eventId, state, exception, (s, e) => "tenant: " + formatter(s, e));
    }

    private sealed class Own : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) =>
            $"own<{format}>{(formatProvider as CultureInfo)?.Name}";
    }

    private sealed class NullText
    {
        public override string? ToString() => null;
    }

    private sealed class Listed : IEnumerable, IFormattable
    {
        public IEnumerator GetEnumerator() => new[] { "x", "y" }.GetEnumerator();

        public string ToString(string? format, IFormatProvider? formatProvider) => "not this";
    }
}
