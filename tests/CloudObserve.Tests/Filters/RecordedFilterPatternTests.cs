using System.Text;
using System.Text.Json;
using CloudObserve.Filters;

namespace CloudObserve.Tests.Filters;

/// <summary>Filter patterns match, miss and are refused as CloudWatch Logs itself has done it. Source: answers of the service published by
/// radkawar/stackd (Apache-2.0), rewritten.</summary>
public sealed class RecordedFilterPatternTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
    private static readonly Dictionary<string, RecordedFilterPattern> Recorded = Load()
        .ToDictionary(static row => row.Pattern, StringComparer.Ordinal);

    public static TheoryData<string> Accepted =>
        [.. Recorded.Values.Where(static row => row.Refused is null).Select(static row => row.Pattern)];

    public static TheoryData<string> Refused =>
        [.. Recorded.Values.Where(static row => row.Refused is not null).Select(static row => row.Pattern)];

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Events_match_and_miss_as_recorded(string text)
    {
        RecordedFilterPattern row = Recorded[text];
        FilterPattern pattern = FilterPattern.Parse(text);
        FilterPattern canonical = FilterPattern.Parse(pattern.ToString());

        IEnumerable<string> matches = (row.Matches ?? []).Concat((row.Fields ?? []).Select(static field => field.Message));
        foreach (FilterPattern either in (FilterPattern[])[pattern, canonical])
        {
            Assert.Equal([], matches.Where(message => !either.IsMatch(Encoding.UTF8.GetBytes(message))));
            Assert.Equal([], (row.Misses ?? []).Where(message => either.IsMatch(Encoding.UTF8.GetBytes(message))));
        }
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Fields_are_extracted_as_recorded(string text)
    {
        FilterPattern pattern = FilterPattern.Parse(text);
        foreach (RecordedFilterPattern.Extraction recorded in Recorded[text].Fields ?? [])
        {
            Dictionary<string, string> extracted = [];
            foreach (FilterField field in pattern.GetFields(Encoding.UTF8.GetBytes(recorded.Message)))
            {
                extracted.Add(field.Name, Encoding.UTF8.GetString(field.Value));
            }

            Assert.Equal(recorded.Values.OrderBy(static value => value.Key, StringComparer.Ordinal),
                extracted.OrderBy(static value => value.Key, StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_the_service_refused_is_no_pattern_and_its_message_is_known(string text)
    {
        Assert.False(FilterPattern.TryParse(text, out _, out FilterPatternError? error));
        Assert.Equal(Recorded[text].Refused, error.ServiceMessage ?? "Invalid metric filter pattern");
    }

    private static RecordedFilterPattern[] Load()
    {
        using Stream file = typeof(RecordedFilterPatternTests).Assembly.GetManifestResourceStream("recorded-filter-patterns.json")!;
        return JsonSerializer.Deserialize<RecordedFilterPattern[]>(file, Options)!;
    }
}
