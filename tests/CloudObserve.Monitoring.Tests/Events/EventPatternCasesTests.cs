using System.Text;
using System.Text.Json.Nodes;
using CloudObserve.Events;

namespace CloudObserve.Monitoring.Tests.Events;

/// <summary>Answers of AWS's own matcher, and rows of EventBridge's documentation.</summary>
public sealed class EventPatternCasesTests
{
    [Fact]
    public void Every_row_has_the_answer_of_EventBridge_and_an_explanation_if_it_does_not_match()
    {
        IReadOnlyList<JsonNode> rows = EventCases.Lines("patterns");

        Assert.True(rows.Count > 4_900);
        Assert.Equal("", string.Join('\n', rows.Select(Difference).OfType<string>()));
    }

    private static string? Difference(JsonNode row)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(row.Text("event"));
        string found = !EventPattern.TryParse(row.Text("pattern"), out EventPattern? pattern, out EventPatternError? error) ? "invalid"
            : pattern.IsMatch(utf8) != (pattern.Explain(utf8) is null) ? "explained otherwise"
            : pattern.IsMatch(utf8) ? "match" : "no-match";
        return found == row.Text("expect")
            ? null
            : $"{row.Text("id")}: {found} instead of {row.Text("expect")}: {row.Text("pattern")} on {row.Text("event")} {error?.Message}";
    }
}
