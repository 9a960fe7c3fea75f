using CloudObserve.LogEvents.Routing;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.LogEvents.Routing;

public sealed class LogTemplateTests
{
    private static readonly LogIdentity Identity = new("Shop", "Production", "web-1", "task:7*", "Shop.Host");
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Theory]
    [InlineData("/{application}/{environment}", "/Shop/Production")]
    [InlineData("{host}-{process}_{date}", "web-1-Shop.Host_2026-11-20")]
    [InlineData("/shop/{category}", "/shop/Shop.Orders-List-1-int-")]
    [InlineData("/shop/{instance}", "/shop/task-7-")]
    public void A_group_is_made_of_text_and_values_made_legal(string template, string expected) =>
        Assert.Equal(expected, LogTemplate.Parse(template, NameKind.LogGroup).Render(Identity, "Shop.Orders/List`1[int]", Day));

    [Theory]
    [InlineData("{instance}/{date}", "task-7-/2026-11-20")]
    [InlineData("{category} é", "Shop.Orders-List`1[int] é")]
    public void A_stream_keeps_all_but_colons_and_asterisks(string template, string expected) =>
        Assert.Equal(expected, LogTemplate.Parse(template, NameKind.LogStream).Render(Identity, "Shop.Orders/List`1[int]", Day));

    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData("/shop/{Application}", "{Application} at position 6 is not a placeholder; the placeholders are {application}")]
    [InlineData("/shop/{}", "{} at position 6 is not a placeholder")]
    [InlineData("/shop/{application", "the opening brace at position 6 has no closing brace")]
    [InlineData("/shop}", "the closing brace at position 5 has no opening brace")]
    [InlineData("/my shop", "A log group cannot contain ' ' (position 3)")]
    [InlineData("aws/shop", "must not begin with aws/")]
    [InlineData("{category}", "fixed text must precede {category}")]
    [InlineData("/{date}/{category}", "fixed text must precede {category}")]
    public void A_bad_group_is_refused_in_words(string template, string fault)
    {
        Assert.False(LogTemplate.TryParse(template, NameKind.LogGroup, out _, out string? actual));
        Assert.Contains(fault, actual!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_may_be_a_category_alone_but_has_no_colon()
    {
        Assert.Null(LogRules.CheckLogStream("{category}"));
        Assert.Contains("cannot contain ':' (position 6)", LogRules.CheckLogStream("{host}:x")!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_longer_than_a_name_may_be_is_refused() =>
        Assert.Contains("has 513", LogRules.CheckLogGroup(new string('a', 513))!, StringComparison.Ordinal);

    [Fact]
    public void A_name_that_would_be_reserved_is_made_another() =>
        Assert.Equal("aws-x", LogTemplate.Parse("{application}/x", NameKind.LogGroup)
            .Render(Identity with { Application = "aws" }, "c", Day));

    [Fact]
    public void An_empty_value_is_called_unknown() =>
        Assert.Equal("/unknown", LogTemplate.Parse("/{environment}", NameKind.LogGroup)
            .Render(Identity with { EnvironmentName = " " }, "c", Day));

    [Fact]
    public void Long_values_that_differ_at_the_end_give_different_names()
    {
        LogTemplate template = LogTemplate.Parse("/shop/{category}", NameKind.LogGroup);
        string one = template.Render(Identity, new string('x', 600) + "1", Day);
        string two = template.Render(Identity, new string('x', 600) + "2", Day);
        Assert.Equal((512, 512), (one.Length, two.Length));
        Assert.NotEqual(one, two);
    }

    [Fact]
    public void Any_category_gives_legal_names_below_what_is_fixed()
    {
        LogTemplate group = LogTemplate.Parse("/shop/{category}", NameKind.LogGroup);
        LogTemplate stream = LogTemplate.Parse("{category}{category}", NameKind.LogStream);
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), category =>
        {
            string groupName = group.Render(Identity, category ?? "", Day);
            string streamName = stream.Render(Identity, category ?? "", Day);
            return System.Text.RegularExpressions.Regex.IsMatch(groupName, @"^/shop/[.\-_#A-Za-z0-9]+\z") && groupName.Length <= 512
                && System.Text.RegularExpressions.Regex.IsMatch(streamName, @"^[^:*]+\z") && streamName.Length <= 512;
        }).QuickCheckThrowOnFailure();
    }
}
