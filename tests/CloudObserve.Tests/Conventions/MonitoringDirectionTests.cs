namespace CloudObserve.Tests.Conventions;

public sealed class MonitoringDirectionTests
{
    private static readonly SourceFile Host = Declare("Hosting", "Target");

    [Fact]
    public void Alarms_use_expressions_and_anomalies_and_what_computes_knows_nothing_of_hosting() => Rule.Holds(
        "Alarms -> Expressions, Anomalies, Events; Anomalies -> Expressions; Expressions, Insights, Events/Patterns -> no hosting.",
        MonitoringDirection.Violations(Repository.Source));

    [Theory]
    [InlineData("Expressions", "Alarms")]
    [InlineData("Expressions", "Anomalies")]
    [InlineData("Anomalies", "Alarms")]
    [InlineData("Alarms", "Hosting")]
    [InlineData("Events", "Alarms")]
    [InlineData("Events/Patterns", "Alarms")]
    [InlineData("Patterns", "Expressions")]
    public void Each_forbidden_direction_is_caught(string from, string to)
    {
        List<string> found = MonitoringDirection.Violations([Declare(to, "Target"), Use(from, to)]);

        Assert.NotEmpty(found);
        Assert.All(found, v => Assert.Contains($"User.cs(1): {from} must not use {to}", v, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Alarms", "Expressions")]
    [InlineData("Alarms", "Anomalies")]
    [InlineData("Alarms", "Events")]
    [InlineData("Anomalies", "Expressions")]
    [InlineData("Events", "Events/Patterns")]
    [InlineData("Events/Patterns", "Events")]
    [InlineData("Hosting", "Alarms")]
    public void Each_allowed_direction_passes(string from, string to) => Assert.Empty(
        MonitoringDirection.Violations([Declare(to, "Target"), Use(from, to)]));

    [Theory]
    [InlineData("Expressions", "Hosting.Target? _t;")]
    [InlineData("Expressions", "Microsoft.Extensions.DependencyInjection.IServiceCollection? _s;")]
    [InlineData("Insights", "Microsoft.Extensions.Logging.ILogger? _l;")]
    [InlineData("Events/Patterns", "Microsoft.Extensions.Options.IOptions<string>? _o;")]
    [InlineData("Anomalies", "Builder? _b;")]
    public void A_planted_use_of_hosting_is_caught(string folder, string member)
    {
        SourceFile door = new(
            "src/CloudObserve.Monitoring/Builder.cs",
            "namespace CloudObserve.Monitoring; class Builder { Microsoft.Extensions.DependencyInjection.IServiceCollection? _s; }");

        List<string> found = MonitoringDirection.Violations([Host, door, Code(folder, $"class User {{ {member} }}")]);

        Assert.NotEmpty(found);
        Assert.All(found, v => Assert.Contains($"User.cs(1): {folder} must not use Hosting", v, StringComparison.Ordinal));
    }

    [Fact]
    public void Alarms_may_use_services_and_everything_the_words_at_the_root() => Assert.Empty(MonitoringDirection.Violations([
        new("src/CloudObserve.Monitoring/Word.cs", "namespace CloudObserve.Monitoring; class Word;"),
        Code("Expressions", "class User { Word? _w; }"),
        Code("Alarms", "class Other { Microsoft.Extensions.Logging.ILogger? _l; }")]));

    [Fact]
    public void A_folder_without_a_place_in_the_order_is_caught() => Rule.Catches(
        "the folder Utils has no place",
        MonitoringDirection.Violations([Declare("Utils", "Target")]));

    [Fact]
    public void A_name_that_cannot_be_resolved_does_not_pass_unseen() => Rule.Catches(
        "CS0246",
        MonitoringDirection.Violations([Code("Expressions", "class User { Nowhere? _n; }")]));

    private static SourceFile Use(string from, string to) =>
        Code(from, $"class User {{ CloudObserve.Monitoring.{Name(to)}.Target? _t; }}");

    private static SourceFile Declare(string folder, string type) => new(
        $"src/CloudObserve.Monitoring/{folder}/{type}.cs", $"namespace CloudObserve.Monitoring.{Name(folder)}; class {type};");

    private static SourceFile Code(string folder, string code) => new(
        $"src/CloudObserve.Monitoring/{folder}/User.cs", $"namespace CloudObserve.Monitoring.{Name(folder)}; {code}");

    private static string Name(string folder) => folder.Replace('/', '.');
}
