using CloudObserve.Local;
using CloudObserve.Monitoring.Expressions;
using CloudObserve.Monitoring.Expressions.Selections;
using static CloudObserve.Monitoring.Tests.StoredMetrics;

namespace CloudObserve.Monitoring.Tests.Expressions;

public sealed class MetricsInsightsTests
{
    private readonly StoredMetrics _store = new StoredMetrics()
        .Put("Requests", [1, 2, null], ("Region", "eu"), ("Zone", "a"))
        .Put("Requests", [10, null, null], ("Region", "eu"), ("Zone", "b"))
        .Put("Requests", [100, 200, null], ("Region", "us"), ("Zone", "a"))
        .Put("Requests", [1000, null, 3000], ("Region", "ap"))
        .Put("Requests", [7, 7, 7])
        .Put("Other.Metric", [5, 5, 5], ("Region", "eu"));

    [Theory]
    [InlineData("SELECT SUM(Requests) FROM Shop", "[1118, 209, 3007]")]
    [InlineData("select sum(Requests) from \"Shop\"", "[1118, 209, 3007]")]
    [InlineData("SELECT AVG(Requests) FROM Shop", "[223.6, 69.666666667, 1503.5]")]
    [InlineData("SELECT COUNT(Requests) FROM Shop", "[5, 3, 2]")]
    [InlineData("SELECT MAX(Requests) FROM Shop", "[1000, 200, 3000]")]
    [InlineData("SELECT MIN(Requests) FROM Shop", "[1, 2, 7]")]
    [InlineData("SELECT SUM(Requests) FROM SCHEMA(Shop)", "[7, 7, 7]")]
    [InlineData("SELECT SUM(Requests) FROM SCHEMA(\"Shop\", Region)", "[1000, -, 3000]")]
    [InlineData("SELECT SUM(Requests) FROM SCHEMA(\"Shop\", Zone, Region)", "[111, 202, -]")]
    [InlineData("SELECT SUM(Requests) FROM SCHEMA(Shop, Region, Zone) WHERE Region = 'eu'", "[11, 2, -]")]
    [InlineData("SELECT SUM(Requests) FROM Shop WHERE Region != 'eu'", "[1100, 200, 3000]")]
    [InlineData("SELECT SUM(Requests) FROM Shop WHERE Region = 'eu' AND Zone != 'a'", "[10, -, -]")]
    [InlineData("SELECT SUM(Requests) FROM Shop WHERE (Region = 'eu' OR Region = 'us') AND Zone = 'a'", "[101, 202, -]")]
    [InlineData("SELECT SUM(Requests) FROM Shop WHERE AWS.AccountId = CURRENT_ACCOUNT_ID() AND Region = 'us'", "[100, 200, -]")]
    [InlineData("SELECT SUM(Requests) FROM Shop WHERE AWS.AccountId = '111122223333'", "[-, -, -]")]
    [InlineData("SELECT SUM(\"Other.Metric\") FROM Shop", "[5, 5, 5]")]
    [InlineData("SELECT SUM(Nothing) FROM Shop", "[-, -, -]")]
    [InlineData("SELECT SUM(requests) FROM Shop", "[-, -, -]")]
    [InlineData("  SELECT\nSUM ( Requests )\nFROM Shop\nLIMIT 5", "[1118, 209, 3007]")]
    public void One_time_series_aggregates_all_samples(string query, string expected) =>
        Assert.Equal(expected, Show(_store.Get(3, Math("q", query, period: 60)).Single(), 3));

    [Theory]
    [InlineData("SELECT SUM(Requests) FROM SCHEMA(Shop, Region, Zone) GROUP BY Region", "eu [11, 2, -]; us [100, 200, -]")]
    [InlineData("SELECT SUM(Requests) FROM SCHEMA(Shop, Region, Zone) GROUP BY Zone, Region",
        "a eu [1, 2, -]; a us [100, 200, -]; b eu [10, -, -]")]
    [InlineData("SELECT SUM(Requests) FROM Shop GROUP BY Region", "Other [7, 7, 7]; ap [1000, -, 3000]; eu [11, 2, -]; us [100, 200, -]")]
    [InlineData("SELECT SUM(Requests) FROM Shop GROUP BY Region ORDER BY MAX() DESC",
        "ap [1000, -, 3000]; us [100, 200, -]; eu [11, 2, -]; Other [7, 7, 7]")]
    [InlineData("SELECT SUM(Requests) FROM Shop GROUP BY Region ORDER BY MAX()",
        "Other [7, 7, 7]; eu [11, 2, -]; us [100, 200, -]; ap [1000, -, 3000]")]
    [InlineData("SELECT SUM(Requests) FROM Shop GROUP BY Region ORDER BY MIN() ASC LIMIT 2", "eu [11, 2, -]; Other [7, 7, 7]")]
    [InlineData("SELECT SUM(Requests) FROM Shop GROUP BY Region ORDER BY AVG() DESC LIMIT 1", "ap [1000, -, 3000]")]
    [InlineData("SELECT SUM(Requests) FROM Shop GROUP BY Region ORDER BY COUNT() DESC LIMIT 1", "Other [7, 7, 7]")]
    [InlineData("SELECT MAX(Requests) FROM Shop WHERE Zone = 'a' GROUP BY Region ORDER BY SUM() DESC", "us [100, 200, -]; eu [1, 2, -]")]
    [InlineData("SELECT MAX(Nothing) FROM Shop GROUP BY Region", "")]
    public void Groups_have_labels_and_an_order(string query, string expected) =>
        Assert.Equal(expected, string.Join("; ", _store.Get(3, Math("q", query, period: 60)).Select(r => $"{r.Label} {Show(r, 3)}")));

    [Fact]
    public void The_result_is_used_in_expressions_and_labels()
    {
        IReadOnlyList<MetricDataResult> results = _store.Get(
            3, Math("q", "SELECT SUM(Requests) FROM Shop GROUP BY Region", "${PROP('Dim.Region')}: ${MAX}", 60),
            Math("top", "FIRST(SORT(q, MAX, DESC)) / 10"));

        Assert.Equal(["Other: 7", "ap: 3000", "eu: 11", "us: 200", "top"], results.Select(r => r.Label));
        Assert.Equal("[100, -, 300]", Show(results[^1], 3));
    }

    [Fact]
    public void The_period_is_five_minutes_unless_it_is_given_and_at_least_a_minute()
    {
        Assert.Equal([1118 + 209 + 3007], _store.Get(5, Math("q", "SELECT SUM(Requests) FROM Shop"))[0].Values);
        Assert.Equal("[1118, 209, 3007]", Show(_store.Get(3, Math("q", "SELECT SUM(Requests) FROM Shop", period: 10))[0], 3));
    }

    [Theory]
    [InlineData("SELECT", 6, "expected AVG, COUNT, MAX, MIN or SUM, but found the end of the query")]
    [InlineData("SELECT MEDIAN(x) FROM Shop", 7, "expected AVG, COUNT, MAX, MIN or SUM, but found 'MEDIAN'")]
    [InlineData("SELECT 1(x) FROM Shop", 7, "expected AVG, COUNT, MAX, MIN or SUM, but found '1'")]
    [InlineData("SELECT SUM(*) FROM Shop", 11, "'*' is not part of the language; a name with it stands in double quotes")]
    [InlineData("SELECT SUM('x') FROM Shop", 11, "expected the name of a metric, but found the text 'x'")]
    [InlineData("SELECT SUM(Limit) FROM Shop", 11,
        "expected the name of a metric, but found the keyword Limit; a name that is a keyword stands in double quotes")]
    [InlineData("SELECT SUM(x)", 13, "expected FROM, but found the end of the query")]
    [InlineData("SELECT SUM(x) FROM AWS/EC2", 22, "'/' is not part of the language; a name with it stands in double quotes")]
    [InlineData("SELECT SUM(x) FROM SCHEMA()", 26, "expected a namespace, but found ')'")]
    [InlineData("SELECT SUM(x) FROM Shop WHERE", 29, "expected the name of a dimension, but found the end of the query")]
    [InlineData("SELECT SUM(x) FROM Shop WHERE a > '1'", 32, "'>' is not part of the language; a name with it stands in double quotes")]
    [InlineData("SELECT SUM(x) FROM Shop WHERE a = b", 34, "expected a value in single quotes, but found 'b'")]
    [InlineData("SELECT SUM(x) FROM Shop WHERE a = \"b\"", 34, "expected a value in single quotes, but found \"b\"")]
    [InlineData("SELECT SUM(x) FROM Shop WHERE a = 'b", 34, "the text that begins with ' has no end; expected a second '")]
    [InlineData("SELECT SUM(x) FROM Shop WHERE tag.env = 'b'", 30, "'tag.env' is a tag of an AWS resource, and tags exist only in AWS")]
    [InlineData("SELECT SUM(x) FROM Shop GROUP a", 30, "expected BY, but found 'a'")]
    [InlineData("SELECT SUM(x) FROM Shop LIMIT 1 GROUP BY a", 32,
        "expected a clause (WHERE, GROUP BY, ORDER BY, LIMIT, in this order) or the end of the query, but found 'GROUP'")]
    [InlineData("SELECT SUM(x) FROM Shop GROUP BY a ORDER BY SUM", 47, "expected '(', but found the end of the query")]
    [InlineData("SELECT SUM(x) FROM Shop GROUP BY a ORDER BY a DESC", 44, "expected AVG, COUNT, MAX, MIN or SUM, but found 'a'")]
    [InlineData("SELECT SUM(x) FROM Shop LIMIT 501", 30, "expected a number from 1 to 500 after LIMIT, but found '501'")]
    [InlineData("SELECT SUM(x) FROM Shop LIMIT 0", 30, "expected a number from 1 to 500 after LIMIT, but found '0'")]
    public void An_invalid_query_names_the_position(string query, int position, string message)
    {
        MathException exception = Assert.Throws<MathException>(() => SelectQuery.Parse(query));

        Assert.Equal((position, message), (exception.Position, exception.Message));
    }

    [Fact]
    public void Whatever_the_query_is_it_is_read_or_refused_with_a_position_in_it()
    {
        string[] valid =
        [
            "SELECT AVG(\"a b\") FROM SCHEMA(\"AWS/EC2\", InstanceId) WHERE (x = 'y' OR z != 'w') AND AWS.AccountId = CURRENT_ACCOUNT_ID() GROUP BY x, z ORDER BY MAX() DESC LIMIT 5",
            "SELECT SUM(x) FROM y",
        ];
        foreach (string text in Mutations.Of(10_000, 7, valid))
        {
            try
            {
                _ = SelectQuery.Parse(text).Matches(new MetricIdentifier("y", "x"));
            }
            catch (MathException fault)
            {
                Assert.InRange(fault.Position, 0, text.Length);
            }
        }
    }

    [Fact]
    public void A_hostile_query_is_an_error()
    {
        Assert.Throws<MathException>(() => SelectQuery.Parse("SELECT SUM(x) FROM Shop WHERE " + new string('(', 1500)));
        Assert.Throws<MathException>(() => SelectQuery.Parse("SELECT SUM(x) FROM Shop" + new string(' ', 3000)));
    }
}
