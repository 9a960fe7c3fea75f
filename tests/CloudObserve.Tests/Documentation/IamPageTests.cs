using System.Text.Json;
using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation;

public sealed class IamPageTests
{
    private static readonly string[] Policies =
        [.. CodeBlock.OfDocuments.Where(b => b is { Document: "docs/iam.md", Language: "json" }).Select(b => b.Text)];

    [Fact]
    public void The_policies_allow_what_the_library_calls_and_nothing_else() => Rule.Holds(
        "A policy that is too small loses data, one that is too large is a risk.",
        IamPolicies.Violations(Policies));

    [Fact]
    public void The_library_never_describes_or_lists() => Assert.DoesNotContain(
        IamPolicies.Called,
        a => a.Contains(":Describe", StringComparison.Ordinal) || a.Contains(":List", StringComparison.Ordinal));

    [Theory]
    [InlineData("logs:DescribeLogGroups", "logs:DescribeLogGroups is allowed, but never called")]
    [InlineData("logs:*", "logs:* is allowed, but never called")]
    public void A_planted_action_too_many_is_caught(string action, string named) =>
        Rule.Catches(named, IamPolicies.Violations([.. Policies, Policy(action)]));

    [Fact]
    public void A_planted_action_too_few_is_caught() => Rule.Catches(
        "cloudwatch:PutMetricData is called, but in no policy",
        IamPolicies.Violations(Policies.Where(p => !p.Contains("cloudwatch:PutMetricData", StringComparison.Ordinal))));

    [Fact]
    public void What_is_no_JSON_is_caught() => Assert.ThrowsAny<JsonException>(() => IamPolicies.Violations(["{ ... }"]));

    private static string Policy(string action) =>
        $$"""{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "{{action}}", "Resource": "*" } ] }""";
}
