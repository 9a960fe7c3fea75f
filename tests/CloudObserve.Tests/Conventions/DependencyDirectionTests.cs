namespace CloudObserve.Tests.Conventions;

public sealed class DependencyDirectionTests
{
    private static readonly SourceFile Metric = new(
        "src/CloudObserve/Metrics/Metric.cs",
        "namespace CloudObserve.Metrics; class Metric { internal static Metric Make() => new(); internal int Size; }");

    private static readonly SourceFile Stage =
        new("src/CloudObserve/Pipeline/Deep/Stage.cs", "namespace CloudObserve.Pipeline.Deep; class Stage;");

    [Fact]
    public void Signals_and_sinks_use_the_pipeline_and_the_pipeline_uses_neither() => Rule.Holds(
        "Metrics, Logs, Audit -> LogEvents -> Pipeline <- Sinks -> Filters -> Logs, Metrics, LogEvents; Audit -> public types of Metrics; "
            + "all -> Diagnostics -> nothing.",
        DependencyDirection.Violations(Repository.Source));

    [Fact]
    public void The_pipeline_that_is_judged_is_there() =>
        Assert.Contains(Repository.Source, f => f.Path.StartsWith("src/CloudObserve/Pipeline/", StringComparison.Ordinal));

    [Theory]
    [InlineData("using CloudObserve.Metrics; namespace CloudObserve.Pipeline.Deep; class Bad;")]
    [InlineData("using M = CloudObserve.Metrics.Metric; namespace CloudObserve.Pipeline.Deep; class Bad;")]
    [InlineData("global using CloudObserve.Metrics; namespace CloudObserve.Pipeline.Deep; class Bad;")]
    [InlineData("namespace CloudObserve.Pipeline.Deep; class Bad { CloudObserve.Metrics.Metric? _m; }")]
    [InlineData("namespace CloudObserve.Pipeline.Deep; class Bad { Metrics.Metric? _m; }")]
    [InlineData("namespace CloudObserve.Pipeline.Deep; class Bad { object M() { var m = global::CloudObserve.Metrics.Metric.Make(); return "
        + "m; } }")]
    public void A_planted_use_in_a_sub_folder_is_caught_however_it_is_written(string code)
    {
        List<string> found = DependencyDirection.Violations([Metric, Stage, new("src/CloudObserve/Pipeline/Deep/Bad.cs", code)]);

        Assert.NotEmpty(found);
        Assert.All(found, v => Assert.Contains("Bad.cs(1): Pipeline must not use Metrics", v, StringComparison.Ordinal));
    }

    // A namespace for users may hold a type that every folder shares. Importing it is then no use of the folder with its name.
    [Theory]
    [InlineData("using CloudObserve.Metrics; namespace CloudObserve.Pipeline.Deep; class Good;", 0)]
    [InlineData("using CloudObserve.Metrics; namespace CloudObserve.Pipeline.Deep; class Bad { Metric? _m; }", 1)]
    public void A_shared_type_in_the_namespace_of_a_folder_does_not_hide_the_others(string code, int violations)
    {
        SourceFile shared = new("src/CloudObserve/Contracts/Shared.cs", "namespace CloudObserve.Metrics; struct Shared;");

        Assert.Equal(
            violations, DependencyDirection.Violations([Metric, Stage, shared, new("src/CloudObserve/Pipeline/Deep/A.cs", code)]).Count);
    }

    [Theory]
    [InlineData("Metrics", "Sinks")]
    [InlineData("Sinks", "Logs")]
    [InlineData("Sinks", "Hosting")]
    [InlineData("Logs", "Filters")]
    [InlineData("Logs", "Metrics")]
    [InlineData("Audit", "Logs")]
    [InlineData("Audit", "Metrics")]
    [InlineData("Metrics", "Audit")]
    [InlineData("Metrics", "Logs")]
    [InlineData("LogEvents", "Logs")]
    [InlineData("LogEvents", "Metrics")]
    [InlineData("LogEvents", "Filters")]
    [InlineData("Sinks", "LogEvents")]
    [InlineData("Diagnostics", "Pipeline")]
    public void Each_forbidden_direction_is_caught(string from, string to)
    {
        List<string> found = DependencyDirection.Violations([Declare(to, "Target"), Use(from, to)]);

        Assert.NotEmpty(found);
        Assert.All(found, v => Assert.Contains($"User.cs(1): {from} must not use {to}", v, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Filters", "Logs")]
    [InlineData("Filters", "LogEvents")]
    [InlineData("Metrics", "LogEvents")]
    [InlineData("Logs", "LogEvents")]
    [InlineData("Audit", "LogEvents")]
    [InlineData("LogEvents", "Pipeline")]
    [InlineData("Metrics", "Pipeline")]
    [InlineData("Pipeline", "Diagnostics")]
    [InlineData("Hosting", "Sinks")]
    public void Each_allowed_direction_passes(string from, string to) => Assert.Empty(
        DependencyDirection.Violations([Declare(to, "Target"), Use(from, to)]));

    // Audit publishes metrics like an application, so it may use what an application can use.
    [Theory]
    [InlineData("public sealed class Publisher;", 0)]
    [InlineData("internal sealed class Publisher;", 1)]
    public void Audit_uses_the_public_types_of_metrics_only(string publisher, int violations) => Assert.Equal(
        violations,
        DependencyDirection.Violations([
            new("src/CloudObserve/Metrics/Publisher.cs", $"namespace CloudObserve.Metrics; {publisher}"),
            new("src/CloudObserve/Audit/User.cs", "using CloudObserve.Metrics; namespace CloudObserve.Audit; class User { Publisher? _p; }"),
        ]).Count);

    // The options of redaction are in LogEvents and in the namespace of logs. So LogEvents may import that namespace, and no more.
    [Theory]
    [InlineData("using CloudObserve.Logs; namespace CloudObserve.LogEvents; class Good { RedactionOptions? _o; }", 0)]
    [InlineData("using CloudObserve.Logs; namespace CloudObserve.LogEvents; class Bad { Target? _t; }", 1)]
    public void A_namespace_for_users_in_another_folder_hides_none_of_its_types(string code, int violations) => Assert.Equal(
        violations,
        DependencyDirection.Violations([
            Declare("Logs", "Target"),
            new("src/CloudObserve/LogEvents/RedactionOptions.cs", "namespace CloudObserve.Logs; public sealed class RedactionOptions;"),
            new("src/CloudObserve/LogEvents/User.cs", code),
        ]).Count);

    [Fact]
    public void A_use_of_the_front_door_from_below_is_caught() => Rule.Catches(
        "Metrics must not use the project root (Door)",
        DependencyDirection.Violations([
            new("src/CloudObserve/Door.cs", "namespace CloudObserve; class Door;"),
            new("src/CloudObserve/Metrics/M.cs", "namespace CloudObserve.Metrics; class M { Door? _d; }")]));

    [Fact]
    public void A_folder_without_a_place_in_the_order_is_caught() => Rule.Catches(
        "the folder Utils has no place",
        DependencyDirection.Violations([Declare("Utils", "Target")]));

    [Fact]
    public void A_name_that_cannot_be_resolved_does_not_pass_unseen() => Rule.Catches(
        "CS0246",
        DependencyDirection.Violations(
            [new("src/CloudObserve/Pipeline/Bad.cs", "namespace CloudObserve.Pipeline; class Bad { Nowhere? _n; }")]));

    [Theory]
    [InlineData("class Bad { string _s = \"PutMetricData\"; }")]
    [InlineData("class Bad { void OnPutLogEvents() { } }")]
    public void The_pipeline_naming_an_operation_is_caught(string code) => Rule.Catches(
        "no service, but says Put",
        DependencyDirection.Violations([new("src/CloudObserve/Pipeline/Deep/Bad.cs", "namespace CloudObserve.Pipeline.Deep; " + code)]));

    [Theory]
    [InlineData("Pipeline", "class Bad { static string DiscardedByMetricFilter => \"\"; }", "MetricFilter")]
    [InlineData("Pipeline", "enum Bad { InvalidDimension }", "Dimension")]
    [InlineData("Diagnostics", "interface Bad { void TrailNoticed(string notice); }", "Trail")]
    [InlineData("Diagnostics", "class Bad { bool IsLogs(string signal) => signal == \"logs\"; }", "\"logs\"")]
    public void The_core_naming_a_signal_is_caught(string folder, string code, string word) => Rule.Catches(
        $"no service, but says {word}",
        DependencyDirection.Violations([new($"src/CloudObserve/{folder}/Bad.cs", $"namespace CloudObserve.{folder}; {code}")]));

    [Fact]
    public void A_comment_may_name_anything() => Assert.Empty(
        DependencyDirection.Violations([Metric, new(
            "src/CloudObserve/Pipeline/Good.cs",
            "namespace CloudObserve.Pipeline; /// <see cref=\"CloudObserve.Metrics.Metric\"/>\n // Amazon's PutMetricData\n class Good;")]));

    private static SourceFile Use(string from, string to) =>
        new($"src/CloudObserve/{from}/User.cs", $"namespace CloudObserve.{from}; class User {{ {to}.Target? _t; }}");

    private static SourceFile Declare(string area, string type) =>
        new($"src/CloudObserve/{area}/{type}.cs", $"namespace CloudObserve.{area}; class {type};");
}
