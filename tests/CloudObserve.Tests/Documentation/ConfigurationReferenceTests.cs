using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudObserve.Tests.Conventions;
using Json.Schema;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Tests.Documentation;

/// <summary>The reference is what the code says of itself: regenerate it with <c>CLOUDOBSERVE_ACCEPT_API=1</c>.</summary>
public sealed class ConfigurationReferenceTests
{
    // CloudWatch allows single numbers of days; a default may be any number.
    private static readonly string[] WithoutRange =
        ["CloudObserve:Logs:RetentionInDays", "CloudObserve:MetricFilters:{name}:Default", "CloudObserve:AuditTrail:LogRetentionInDays"];

    private static readonly (string Key, string Value)[] Filter =
        [("CloudObserve:MetricFilters:Some:Namespace", "Shop"), ("CloudObserve:MetricFilters:Some:Metric", "Errors")];

    public static TheoryData<string> Packages => [.. OptionTree.Packages];

    public static TheoryData<string> Ranged => [.. OptionTree.Leaves.Where(k => StatedRange.Of(k) is not null).Select(k => k.Path)];

    [Fact]
    public void The_page_is_current() => IsCurrent("docs/configuration.md", ConfigurationPage.Write());

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_schema_is_current(string package) =>
        IsCurrent($"src/{package}/ConfigurationSchema.json", ConfigurationSchema.Write(package));

    [Fact]
    public void The_known_keys_are_current() => IsCurrent("src/CloudObserve/ConfigurationKeys.txt", ConfigurationKeyFile.Write());

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_with_keys_brings_their_schema_to_the_editor(string package)
    {
        Assert.Contains("Include=\"ConfigurationSchema.json\" Pack=\"true\"", Repository.ReadText($"src/{package}/{package}.csproj"),
            StringComparison.Ordinal);
        Assert.Contains("JsonSchemaSegment", Repository.ReadText($"src/{package}/buildTransitive/{package}.targets"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_keys_of_packages_beside_the_library_are_in_the_reference() =>
        Assert.Equal("CloudObserve.S3", OptionTree.Sections.Single(s => s.Path == "CloudObserve:AuditTrail:S3").Package);

    [Fact]
    public void What_can_only_be_set_in_code_is_in_the_reference() =>
        Assert.Superset(new HashSet<string> { "Identify", "EventNameFrom", "Credentials", "Client" }, OptionTree.InCode.Select(k => k.Name)
            .ToHashSet());

    [Fact]
    public void Every_number_and_time_states_its_range() => Assert.Equal(
        WithoutRange,
        OptionTree.Leaves.Where(k => StatedRange.IsNumberOrTime(k.Type) && StatedRange.Of(k) is null).Select(k => k.Path));

    [Fact]
    public void Every_key_says_what_it_means() =>
        Assert.DoesNotContain(OptionTree.Sections.SelectMany(s => s.Keys), k => k.Summary.Length == 0);

    [Theory]
    [MemberData(nameof(Ranged))]
    public void A_stated_range_is_the_one_that_is_checked_at_start(string path)
    {
        OptionKey key = OptionTree.Leaves.Single(k => k.Path == path);
        StatedRange range = StatedRange.Of(key)!;

        Assert.Empty(FaultsWith(key, StatedRange.Text(key.Type, range.Min, 0)));
        Assert.Empty(FaultsWith(key, StatedRange.Text(key.Type, range.Max, 0)));
        Assert.Single(FaultsWith(key, StatedRange.Text(key.Type, range.Min, -1)));
        Assert.Single(FaultsWith(key, StatedRange.Text(key.Type, range.Max, 1)));
    }

    [Theory]
    [InlineData("00:00:05", true)]
    [InlineData("00:00:00.1000000", true)]
    [InlineData("3653.00:00:00", true)]
    [InlineData("00:15", true)]
    [InlineData("5", false)]
    [InlineData("25:00:00", false)]
    [InlineData("5 seconds", false)]
    public void The_schema_takes_the_times_that_mean_what_they_look_like(string text, bool taken) =>
        Assert.Equal(taken, Regex.IsMatch(text, ConfigurationSchema.TimePattern));

    [Fact]
    public void The_schema_takes_every_default()
    {
        using JsonDocument schema = JsonDocument.Parse(ConfigurationSchema.Write("CloudObserve"));
        JsonElement wait = schema.RootElement.GetProperty("properties").GetProperty("CloudObserve").GetProperty("properties")
            .GetProperty("Logs").GetProperty("properties").GetProperty("FlushInterval");

        Assert.Equal("00:00:05", wait.GetProperty("default").GetString());
        Assert.All(
            OptionTree.Leaves.Where(k => k.Default is TimeSpan),
            k => Assert.Matches(ConfigurationSchema.TimePattern, ((TimeSpan)k.Default!).ToString("c")));
    }

    [Theory]
    [InlineData("CloudObserve:Logs:RetentionDays", "CloudObserve:Logs:RetentionDays has no effect", "CloudObserve:Logs:RetentionInDays.")]
    [InlineData("CloudObserve:Metric:Namespace", "CloudObserve:Metric has no effect", "CloudObserve:Metrics.")]
    [InlineData("CloudObserve:Metrics:Meter:0", "CloudObserve:Metrics:Meter has no effect", "CloudObserve:Metrics:Meters.")]
    [InlineData("CloudObserve:Metrics:Namespace:0", "CloudObserve:Metrics:Namespace:0 has no effect",
        "CloudObserve:Metrics:Namespace has a value and no keys.")]
    [InlineData("CloudObserve:AuditTrail:S3:Credentials", "CloudObserve:AuditTrail:S3:Credentials has no effect",
        "The keys of CloudObserve:AuditTrail:S3 are ")]
    [InlineData("CloudObserve:MetricFilters:0:Pattern", "CloudObserve:MetricFilters is a list, but must be an object",
        "each member's name")]
    [InlineData("CloudObserve:Logs:Tags:0", "CloudObserve:Logs:Tags is a list, but must be an object", "each member's name")]
    public void An_unknown_key_is_told_with_the_nearest(string key, string begins, string hint)
    {
        string fault = Assert.Single(BoundOptions.UnknownKeys(With((key, "1"))));

        Assert.StartsWith(begins, fault, StringComparison.Ordinal);
        Assert.Contains(hint, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_an_enumeration_that_is_not_one_of_its_names_is_told_with_all_of_them() => Assert.All(
        OptionTree.Leaves.Where(
            k => k.Type.IsEnum && k.Path.StartsWith("CloudObserve:", StringComparison.Ordinal)
            && !k.Path.Contains(":S3:", StringComparison.Ordinal)),
        k => Assert.Contains(
            FaultsWith(k, "Nonsense"),
            f => f.EndsWith($"is 'Nonsense', but must be one of {string.Join(", ", Enum.GetNames(k.Type))}", StringComparison.Ordinal)));

    /// <remarks>
    /// The schema cannot tell how long a time may be. Everything else that the start refuses or warns of, an editor marks, and nothing
    /// more.
    /// </remarks>
    [Theory]
    [InlineData("""{ "Metric": { "Namespace": "Shop" } }""", false)]
    [InlineData("""{ "metrics": { "namespace": "Shop" } }""", true)]
    [InlineData("""{ "Metrics": { "NameSpaces": "Shop" } }""", false)]
    [InlineData("""{ "Metrics": { "Namespace": "AWS/x" } }""", false)]
    [InlineData("""{ "Metrics": { "Namespace": "Größe" } }""", false)]
    [InlineData("""{ "Metrics": { "Namespace": " " } }""", false)]
    [InlineData("""{ "Metrics": { "Namespace": "A.B-c_d/1#2" } }""", true)]
    [InlineData("""{ "Metrics": { "MaxSeries": 0 } }""", false)]
    [InlineData("""{ "Metrics": { "Meters": [ "Shop", "Microsoft.*" ] } }""", true)]
    [InlineData("""{ "Metrics": { "PerMetric": { "Orders": { "Unit": "Count" } } } }""", true)]
    [InlineData("""{ "Metrics": { "PerMetric": { "Orders": { "unit": "count" } } } }""", true)]
    [InlineData("""{ "Metrics": { "PerMetric": { "Orders": { "Unit": "Pieces" } } } }""", false)]
    [InlineData("""{ "Metrics": { "PerMetric": [ { "Unit": "Count" } ] } }""", false)]
    [InlineData("""{ "Logs": { "RetentionInDays": 30 } }""", true)]
    [InlineData("""{ "Logs": { "RetentionInDays": 31 } }""", false)]
    [InlineData("""{ "Logs": { "LogGroupClass": "STANDARD" } }""", true)]
    [InlineData("""{ "Logs": { "LogGroupClass": "CHEAP" } }""", false)]
    [InlineData("""{ "Logs": { "WhenFull": "wait" } }""", true)]
    [InlineData("""{ "Logs": { "FlushInterval": "00:00:05" } }""", true)]
    [InlineData("""{ "Logs": { "FlushInterval": "five" } }""", false)]
    [InlineData("""{ "Destination": "aws" }""", true)]
    [InlineData("""{ "Destination": "Cloud" }""", false)]
    [InlineData("""{ "MetricFilters": { "F": { "Pattern": "ERROR", "Namespace": "Shop", "Metric": "Errors" } } }""", true)]
    [InlineData("""{ "MetricFilters": { "F": { "Pattern": "ERROR", "Namespace": "AWS/x", "Metric": "Errors" } } }""", false)]
    [InlineData("""{ "AuditTrail": { "AccountId": "12345678901" } }""", false)]
    [InlineData("""{ "AuditTrail": { "S3": { "Region": "eu-west-1" } } }""", true)]
    public void The_schema_and_the_start_agree(string section, bool taken)
    {
        string settings = $$"""{ "CloudObserve": {{section}} }""";
        IConfiguration configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(settings))).Build();
        JsonSchema schema = JsonSchema.FromText(ConfigurationSchema.Write("CloudObserve"));

        Assert.Equal(taken, BoundOptions.Faults(configuration).Count == 0 && BoundOptions.UnknownKeys(configuration).Count == 0);
        Assert.Equal(taken, schema.Evaluate(JsonNode.Parse(settings)).IsValid);
    }

    [Theory]
    [InlineData("CloudObserve:logs:retentionindays")]
    [InlineData("CloudObserve:Logs:Tags:team")]
    [InlineData("CloudObserve:AuditTrail:EventSelectors:0:FieldSelectors:1:NotEquals:0")]
    [InlineData("CloudObserve:MetricFilters:Errors:Pattern")]
    [InlineData("CloudObserve:AuditTrail:S3:ServiceUrl")]
    public void A_known_key_is_known(string key) => Assert.Empty(BoundOptions.UnknownKeys(With((key, "1"))));

    private static void IsCurrent(string path, string text) => Rule.Holds(
        "What documents the options is written from them.",
        Approval.Check(Path.Combine(Repository.Root, path), text, Approval.Accepting));

    private static IReadOnlyList<string> FaultsWith(OptionKey key, string value)
    {
        string path = key.Path.Replace("{name}", "Some", StringComparison.Ordinal).Replace("{n}", "0", StringComparison.Ordinal);
        return BoundOptions.Faults(With([(path, value), .. path.Contains("MetricFilters", StringComparison.Ordinal) ? Filter : []]));
    }

    private static IConfigurationRoot With(params (string Key, string Value)[] entries) =>
        new ConfigurationBuilder().AddInMemoryCollection(entries.Select(e => KeyValuePair.Create(e.Key, (string?)e.Value))).Build();
}
