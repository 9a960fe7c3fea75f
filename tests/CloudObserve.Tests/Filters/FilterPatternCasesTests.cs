using System.Text;
using System.Text.Json;
using CloudObserve.Filters;

namespace CloudObserve.Tests.Filters;

public sealed class FilterPatternCasesTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
    private static readonly Dictionary<string, FilterPatternCase> Cases = Load().ToDictionary(static row => row.Id);

    public static TheoryData<string> Ids => [.. Cases.Keys];

    public static TheoryData<string> IdsOfValidPatterns =>
        [.. Cases.Values.Where(static row => row.Expect != "invalid").Select(static row => row.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_event_matches_as_the_service_documents_it(string id)
    {
        FilterPatternCase row = Cases[id];

        bool isPattern = FilterPattern.TryParse(row.Pattern, out FilterPattern? pattern, out _);
        string found = !isPattern ? "invalid" : pattern!.IsMatch(Encoding.UTF8.GetBytes(row.Message)) ? "match" : "no-match";

        Assert.True(found == row.Expect, $"{row}: expected {row.Expect} ({row.Source}), found {found}");
    }

    [Theory]
    [MemberData(nameof(IdsOfValidPatterns))]
    public void The_canonical_form_matches_the_same(string id)
    {
        FilterPatternCase row = Cases[id];

        FilterPattern canonical = FilterPattern.Parse(FilterPattern.Parse(row.Pattern).ToString());

        Assert.Equal(row.Expect == "match", canonical.IsMatch(Encoding.UTF8.GetBytes(row.Message)));
        Assert.Equal(canonical.Text, canonical.ToString());
    }

    [Fact]
    public void Fields_are_extracted_under_the_names_the_service_gives_them()
    {
        FilterPatternCase[] rows = [.. Cases.Values.Where(static row => row.Extracted is not null)];
        Assert.NotEmpty(rows);
        foreach (FilterPatternCase row in rows)
        {
            Dictionary<string, string> extracted = [];
            foreach (FilterField field in FilterPattern.Parse(row.Pattern).GetFields(Encoding.UTF8.GetBytes(row.Message)))
            {
                extracted.Add(field.Name, Encoding.UTF8.GetString(field.Value));
            }

            Assert.Equal(row.Extracted, extracted);
        }
    }

    private static FilterPatternCase[] Load()
    {
        using Stream file = typeof(FilterPatternCasesTests).Assembly.GetManifestResourceStream("filter-pattern-cases.json")!;
        return JsonSerializer.Deserialize<FilterPatternCase[]>(file, Options)!;
    }
}
