using CloudObserve.LogEvents.Redaction;
using CloudObserve.Logs;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Tests.LogEvents.Redaction;

public sealed class RedactionRulesTests
{
    [Theory]
    [InlineData("*api_key", true)]
    [InlineData("pin-code", true)]
    [InlineData("id", false)]
    [InlineData("*", false)]
    [InlineData("a b c", false)]
    [InlineData("___", false)]
    [InlineData(null, false)]
    public void A_field_name_is_a_word(string? name, bool legal) => Assert.Equal(legal, RedactionRules.CheckFieldName(name) is null);

    [Theory]
    [InlineData("order", "o-[0-9]+", true)]
    [InlineData("order", "", false)]
    [InlineData("order", "x*", false)]
    [InlineData("order", "(", false)]
    [InlineData("order", @"(a)\1", false)]
    [InlineData("or]der", "a", false)]
    public void A_pattern_must_run_without_backtracking_and_have_a_plain_name(string name, string pattern, bool legal) =>
        Assert.Equal(legal, RedactionRules.CheckPattern(name, pattern) is null);

    [Theory]
    [InlineData(null, true)]
    [InlineData("0123456789abcdef", true)]
    [InlineData("short", false)]
    public void A_key_has_a_length(string? key, bool legal) => Assert.Equal(legal, RedactionRules.CheckHashKey(key) is null);

    [Fact]
    public void Every_default_field_name_is_legal() =>
        Assert.All(new RedactionOptions().FieldNames, n => Assert.Null(RedactionRules.CheckFieldName(n)));

    [Fact]
    public void Options_bind_from_configuration_and_names_are_added_to_the_defaults()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Emails"] = "true",
            ["FieldNames:0"] = "iban",
            ["Patterns:order"] = "o-[0-9]+",
        }).Build();
        RedactionOptions options = new();
        configuration.Bind(options);
        Assert.True(options.Emails);
        Assert.Contains("iban", options.FieldNames);
        Assert.Contains("*password", options.FieldNames);
        Assert.Equal("o-[0-9]+", options.Patterns["order"]);
    }
}
