using System.Globalization;
using CloudObserve.Monitoring.Alarms.Muting;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Mute rules.</summary>
public sealed class MutingTests
{
    private static readonly DateTime Monday = new(2026, 3, 2);

    [Theory]
    [InlineData("cron(0 2 * * *)", "2026-03-02T02:00")]
    [InlineData("cron(0 2 * * SUN)", "2026-03-08T02:00")]
    [InlineData("cron(0 2 * * 0)", "2026-03-08T02:00")]
    [InlineData("cron(0 2 * * 7)", "2026-03-08T02:00")]
    [InlineData("cron(0 1 1 * *)", "2026-04-01T01:00")]
    [InlineData("cron(30 18,20 * * fri-sat)", "2026-03-06T18:30")]
    [InlineData("cron(15-20 23 31 DEC *)", "2026-12-31T23:15")]
    [InlineData("cron(0 0 29 FEB *)", "2028-02-29T00:00")]
    [InlineData("cron(0 0 13 * FRI)", "2026-03-06T00:00")]
    [InlineData("at(2026-05-10T14:00)", "2026-05-10T14:00")]
    public void The_next_window_begins_as_the_expression_says(string expression, string expected)
    {
        MuteSchedule schedule = MuteSchedule.Parse(expression, "PT1H", null);

        Assert.Equal(
            DateTime.ParseExact(expected, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
            schedule.NextAfter(new DateTimeOffset(Monday, TimeSpan.Zero))!.Value.UtcDateTime);
    }

    [Theory]
    [InlineData("cron(0 2 * *)")]
    [InlineData("cron(0 2 * * * *)")]
    [InlineData("cron(60 2 * * *)")]
    [InlineData("cron(0/5 2 * * *)")]
    [InlineData("cron(0 2 ? * *)")]
    [InlineData("cron(0 2 L * *)")]
    [InlineData("cron(0 2 * * SAT#3)")]
    [InlineData("cron(5-1 2 * * *)")]
    [InlineData("cron(0 2 0 * *)")]
    [InlineData("cron(0 2 * 13 *)")]
    [InlineData("cron(0 2 * SUN *)")]
    [InlineData("cron(1,,2 2 * * *)")]
    [InlineData("cron(-1 2 * * *)")]
    [InlineData("cron()")]
    [InlineData("rate(5 minutes)")]
    [InlineData("at(2026-05-10 14:00)")]
    [InlineData("at(2026-02-30T14:00)")]
    [InlineData("at(2026-05-10T14:00:00.000)")]
    public void An_expression_that_CloudWatch_does_not_know_is_refused(string expression) =>
        Assert.Throws<FormatException>(() => MuteSchedule.Parse(expression, "PT1H", null));

    [Theory]
    [InlineData("PT1M", 1)]
    [InlineData("PT4H", 240)]
    [InlineData("P2DT12H", 3600)]
    [InlineData("P15D", 21600)]
    [InlineData("PT1H30M", 90)]
    [InlineData("P15DT1M", null)]
    [InlineData("PT0M", null)]
    [InlineData("PT30S", null)]
    [InlineData("P1W", null)]
    [InlineData("P", null)]
    [InlineData("PT", null)]
    [InlineData("P1DT", null)]
    [InlineData("1H", null)]
    [InlineData("", null)]
    [InlineData("PT99999M", null)]
    public void A_duration_has_one_minute_to_15_days(string text, int? minutes)
    {
        if (minutes is { } expected)
        {
            Assert.Equal(TimeSpan.FromMinutes(expected), MuteDuration.Parse(text));
        }
        else
        {
            _ = Assert.Throws<FormatException>(() => MuteDuration.Parse(text));
        }
    }

    [Fact]
    public void A_cron_expression_agrees_with_a_search_minute_by_minute()
    {
        Gen<string> field(int min, int max) => Gen.OneOf(
            Gen.Constant("*"),
            Gen.Choose(min, max).Select(n => $"{n}"),
            from a in Gen.Choose(min, max) from b in Gen.Choose(a, max) select $"{a}-{b}",
            from a in Gen.Choose(min, max) from b in Gen.Choose(min, max) select $"{a},{b}");
        var cases =
            from minute in field(0, 59)
            from hour in field(0, 23)
            from day in field(1, 31)
            from month in field(1, 12)
            from weekday in field(0, 6)
            from offset in Gen.Choose(0, 500_000)
            select (Fields: new[] { minute, hour, day, month, weekday }, From: Monday.AddMinutes(offset));

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            CronExpression cron = CronExpression.Parse(string.Join(' ', c.Fields));
            DateTime? previous = cron.Previous(c.From, 3);
            DateTime? expected = Enumerable.Range(0, ((int)c.From.TimeOfDay.TotalMinutes) + (3 * 1440) + 1)
                .Select(i => (DateTime?)c.From.AddMinutes(-i)).FirstOrDefault(t => Matches(c.Fields, t!.Value));
            DateTime? next = cron.Next(c.From);
            DateTime? expectedNext = Enumerable.Range(1, 3 * 1440).Select(i => (DateTime?)c.From.AddMinutes(i)).FirstOrDefault(
                t => Matches(c.Fields, t!.Value));
            return previous == expected && (next == expectedNext || (expectedNext is null && !(next <= c.From.AddMinutes(3 * 1440))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260301, 1));
    }

    [Fact]
    public void Any_text_is_an_expression_or_a_fault()
    {
        Gen<string> texts = Gen.Elements(
            "cron(",
            "at(",
            ")",
            "*",
            " ",
            "-",
            ",",
            "1",
            "59",
            "SUN",
            "2026-01-01T00:00",
            "T",
            "\0",
            "9999-12-31T23:59",
            "0001-01-01T00:00")
            .ListOf().Select(string.Concat);

        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            try
            {
                MuteSchedule schedule = MuteSchedule.Parse(text, "P15D", "Pacific/Kiritimati");
                _ = (
                    schedule.WindowAt(DateTimeOffset.MaxValue),
                    schedule.WindowAt(DateTimeOffset.MinValue),
                    schedule.NextAfter(DateTimeOffset.MaxValue));
                return true;
            }
            catch (FormatException)
            {
                return true;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay(20260301, 1));
    }

    [Fact]
    public void A_window_holds_from_its_start_for_its_duration_in_its_time_zone()
    {
        MuteWindow window = MuteWindow.Of(
            new AlarmMuteRule { Name = "r", Expression = "cron(0 23 * * *)", Duration = "PT8H", Timezone = "Europe/Berlin" });

        Assert.False(window.IsActive(At("2026-03-02T21:59:59Z")));
        Assert.True(window.IsActive(At("2026-03-02T22:00:00Z")));
        Assert.True(window.IsActive(At("2026-03-03T05:59:59Z")));
        Assert.False(window.IsActive(At("2026-03-03T06:00:00Z")));
        Assert.Equal(AlarmMuteRuleStatus.Scheduled, window.StatusAt(At("2026-03-03T06:00:00Z")));
    }

    [Fact]
    public void A_start_that_the_clock_skips_is_when_it_is_moved()
    {
        MuteSchedule schedule = MuteSchedule.Parse("cron(30 2 * * *)", "PT1H", "Europe/Berlin");

        // On 29 March 2026, 02:00 is followed by 03:00, which is 01:00 UTC.
        Assert.Equal(At("2026-03-29T01:00:00Z"), schedule.WindowAt(At("2026-03-29T01:30:00Z")));

        // On 25 October 2026, 02:30 occurs twice, and the first time is 00:30 UTC.
        Assert.Equal(At("2026-10-25T00:30:00Z"), schedule.WindowAt(At("2026-10-25T01:00:00Z")));
    }

    [Fact]
    public void A_rule_is_scheduled_active_and_expired()
    {
        AlarmMuteRule once = new() { Name = "r", Expression = "at(2026-03-02T10:00)", Duration = "PT1H" };
        MuteWindow window = MuteWindow.Of(once);
        MuteWindow limited = MuteWindow.Of(once with
        {
            Expression = "cron(0 10 * * *)",
            StartDate = At("2026-03-02T10:30:00Z"),
            ExpireDate = At("2026-03-03T10:15:00Z"),
        });

        Assert.Equal(
            [AlarmMuteRuleStatus.Scheduled, AlarmMuteRuleStatus.Active, AlarmMuteRuleStatus.Expired],
            new[] { "2026-03-02T09:59:00Z", "2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z" }.Select(t => window.StatusAt(At(t))));
        Assert.Equal(
            [AlarmMuteRuleStatus.Scheduled, AlarmMuteRuleStatus.Active, AlarmMuteRuleStatus.Scheduled, AlarmMuteRuleStatus.Active,
                AlarmMuteRuleStatus.Expired],
            new[] { "2026-03-02T10:00:00Z", "2026-03-02T10:30:00Z", "2026-03-02T12:00:00Z", "2026-03-03T10:00:00Z", "2026-03-03T10:15:00Z" }
                .Select(t => limited.StatusAt(At(t))));
    }

    [Fact]
    public void All_faults_of_a_mute_rule_are_reported_at_once()
    {
        AlarmMuteRule rule = new()
        {
            Expression = "cron(0 2 * *)",
            Duration = "P1Y",
            Timezone = "Mars/Olympus",
            StartDate = At("2026-03-02T10:00:00Z"),
            ExpireDate = At("2026-03-02T10:00:00Z"),
        };

        Assert.Equal(5, rule.Validate().Count);
        _ = Assert.Throws<ArgumentException>(() => MuteWindow.Of(rule));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static bool Matches(string[] fields, DateTime time)
    {
        bool day = Holds(fields[2], time.Day);
        bool weekday = Holds(fields[4], (int)time.DayOfWeek);
        bool isDay = fields[2] == "*" ? weekday : fields[4] == "*" ? day : day || weekday;
        return Holds(fields[0], time.Minute) && Holds(fields[1], time.Hour) && isDay && Holds(fields[3], time.Month);
    }

    private static bool Holds(string field, int number) => field == "*" || field.Split(',').Any(part =>
        part.Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray() is var ends && ends[0] <= number
        && number <= ends[^1]);
}
