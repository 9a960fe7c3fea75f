using CloudObserve.Filters;
using CloudObserve.Filters.Transformations;

namespace CloudObserve.Tests.Filters.Transformations;

public sealed class MetricFilterRulesTests
{
    [Theory]
    [InlineData("", "", "1 to 512 characters")]
    [InlineData("a:b", "", "must not contain : or *")]
    public void A_filter_has_a_name_that_CloudWatch_takes(string name, string key, string rule)
    {
        MetricFilterFault fault = Assert.Single(MetricFilterRules.Check(name, Valid()));
        Assert.Equal((key, true), (fault.Key, fault.Rule.Contains(rule, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_valid_filter_has_no_faults() => Assert.Empty(MetricFilterRules.Check("f", Valid()));

    [Theory]
    [InlineData("$c")]
    [InlineData("$7")]
    public void A_value_may_name_a_field_that_the_pattern_does_not_have(string value)
    {
        MetricFilterOptions options = Valid();
        (options.Pattern, options.Value) = ("[a, b]", value);
        Assert.Empty(MetricFilterRules.Check("f", options));
    }

    [Fact]
    public void A_namespace_and_a_metric_may_have_a_colon()
    {
        MetricFilterOptions options = Valid();
        (options.Namespace, options.Metric) = ("A.B-c_d/1#2:metricNamespace", "a:b");
        Assert.Empty(MetricFilterRules.Check("f", options));
    }

    [Theory]
    [InlineData("@aws.vpc", "one of @aws.account, @aws.region, @source.log")]
    [InlineData("@aws.account", "Provision must be true")]
    public void A_system_field_is_one_that_is_known(string field, string rule) =>
        Faulty("EmitSystemFieldDimensions:0", rule, o => o.EmitSystemFieldDimensions.Add(field));

    [Fact]
    public void System_fields_count_as_dimensions()
    {
        Faulty("Dimensions", "at most 3", o =>
        {
            o.Provision = true;
            o.Dimensions["A"] = "$.a";
            foreach (string field in SystemFields.All)
            {
                o.EmitSystemFieldDimensions.Add(field);
            }
        });
        Faulty("Default", "must not have a default", o =>
        {
            o.EmitSystemFieldDimensions.Add("@source.log");
            o.Default = 0;
        });
        Faulty("EmitSystemFieldDimensions:1", "each once", o =>
        {
            o.EmitSystemFieldDimensions.Add("@source.log");
            o.EmitSystemFieldDimensions.Add("@source.log");
        });
    }

    [Fact]
    public void The_pattern_is_parsed() => Faulty("Pattern", "at position 8", o => o.Pattern = "{ $.a = }");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AWS/Logs")]
    [InlineData("a$b")]
    [InlineData("a*")]
    public void The_namespace_keeps_the_rules(string? value) => Faulty("Namespace", "CloudWatch", o => o.Namespace = value);

    [Theory]
    [InlineData(null)]
    [InlineData(":a")]
    [InlineData("a*")]
    public void The_metric_keeps_the_rules(string? value) => Faulty("Metric", "CloudWatch", o => o.Metric = value);

    [Theory]
    [InlineData("", "1 to 100 characters")]
    [InlineData("many", "must be a number")]
    [InlineData("NaN", "must be a number")]
    [InlineData("1e200", "must be a number")]
    [InlineData("5.", "must be a number")]
    [InlineData("$.", "must be a valid selector")]
    [InlineData("$.a[*]", "without wildcards")]
    [InlineData("$field", "must be a valid selector")]
    public void The_value_is_a_number_or_selects_one(string value, string rule) => Faulty("Value", rule, o => o.Value = value);

    [Fact]
    public void A_term_pattern_has_no_values_and_no_dimensions()
    {
        MetricFilterOptions options = Valid();
        options.Pattern = "ERROR";
        options.Value = "$.a";
        options.Dimensions["A"] = "$.a";
        Assert.Equal(["Value", "Dimensions:A"], MetricFilterRules.Check("f", options).Select(f => f.Key));
    }

    [Fact]
    public void A_dimension_must_be_used_by_the_pattern() => Faulty("Dimensions:B", "must use", o => o.Dimensions["B"] = "$.b");

    [Fact]
    public void A_dimension_must_be_a_selector() => Faulty("Dimensions:B", "must be $.property", o => o.Dimensions["B"] = "b");

    [Fact]
    public void There_are_three_dimensions_at_most() => Faulty("Dimensions", "at most 3", o =>
    {
        foreach (string name in new[] { "A", "B", "C", "D" })
        {
            o.Dimensions[name] = "$.a";
        }
    });

    [Fact]
    public void A_default_and_dimensions_exclude_each_other() => Faulty("Default", "must not have a default", o =>
    {
        o.Dimensions["A"] = "$.a";
        o.Default = 0;
    });

    [Fact]
    public void A_default_is_a_number() => Faulty("Default", "must be a number", o => o.Default = double.NaN);

    [Fact]
    public void A_unit_is_one_of_CloudWatch() => Faulty("Unit", "must be one of", o => o.Unit = (CloudObserve.Metrics.MetricUnit)99);

    [Theory]
    [InlineData("a b")]
    [InlineData("/x/{date}")]
    [InlineData("/x/{category}")]
    public void A_log_group_is_a_fixed_name(string group) => Faulty("LogGroups:0", "", o => o.LogGroups.Add(group));

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_001)]
    public void A_sample_is_in_range(int sample) => Faulty("Sample", "from 1 to 1000000", o => o.Sample = sample);

    [Fact]
    public void A_filter_that_discards_cannot_sample() => Faulty("Sample", "must be 1 when Discard", o =>
    {
        o.Discard = true;
        o.Sample = 2;
    });

    private static MetricFilterOptions Valid() => new() { Pattern = "{ $.a = * }", Namespace = "Shop", Metric = "M" };

    private static void Faulty(string key, string rule, Action<MetricFilterOptions> spoil)
    {
        MetricFilterOptions options = Valid();
        spoil(options);
        MetricFilterFault fault = Assert.Single(MetricFilterRules.Check("f", options));
        Assert.Equal(key, fault.Key);
        Assert.Contains(rule, fault.Rule, StringComparison.Ordinal);
    }
}
