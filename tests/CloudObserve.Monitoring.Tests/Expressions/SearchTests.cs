using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Monitoring.Expressions;
using CloudObserve.Monitoring.Expressions.Search;
using static CloudObserve.Monitoring.Tests.StoredMetrics;

namespace CloudObserve.Monitoring.Tests.Expressions;

public sealed class SearchTests
{
    [Theory]
    [InlineData("CustomCount1", "customcount1 custom count 1")]
    [InlineData("SDBFailure", "sdbfailure sdb failure")]
    [InlineData("Project2-trial333", "project2trial333 project 2 trial 333")]
    [InlineData("Network-Errors_2", "networkerrors2 network errors 2")]
    [InlineData("couNT", "count cou nt")]
    [InlineData("single", "single")]
    [InlineData("", "")]
    [InlineData("--", "")]
    public void A_name_has_the_tokens_of_the_manual(string name, string tokens) =>
        Assert.Equal(tokens, string.Join(' ', new NameTokens(name).All));

    [Theory]
    [InlineData("COUNT", "CustomCount1", true)]
    [InlineData("Count", "CustomCount1", true)]
    [InlineData("count", "CustomCount1", true)]
    [InlineData("couNT", "CustomCount1", false)]
    [InlineData("CustomCount", "CustomCount1", true)]
    [InlineData("Count1", "CustomCount1", true)]
    [InlineData("CustomCount1", "CustomCount1", true)]
    [InlineData("customcount", "CustomCount1", false)]
    [InlineData("count1", "CustomCount1", false)]
    [InlineData("network/errors", "Network-Errors-2", true)]
    [InlineData("network/errors", "NetworkErrors2", true)]
    [InlineData("network+errors", "NetworkErrors2", true)]
    [InlineData("network-errors", "NetworkErrors2", true)]
    [InlineData("Network_Errors", "Network-Errors-2", true)]
    [InlineData("Network_Errors", "NetworkErrors2", true)]
    [InlineData("errors/network", "NetworkErrors2", false)]
    [InlineData("\"Network-Errors-2\"", "Network-Errors-2", true)]
    [InlineData("\"Network_Errors_2\"", "Network-Errors-2", false)]
    [InlineData("\"Network\"", "Network-Errors-2", false)]
    [InlineData("\"Europe\\\\France Traffic\\(Network\\)\"", "Europe\\France Traffic(Network)", true)]
    [InlineData("MetricName=Count1", "CustomCount1", true)]
    [InlineData("MetricName=\"CustomCount1\"", "CustomCount1", true)]
    [InlineData("Namespace=CustomCount1", "CustomCount1", false)]
    [InlineData("Namespace=shop", "CustomCount1", true)]
    [InlineData("NOT Namespace=AWS", "CustomCount1", true)]
    [InlineData("NOT Namespace=Shop", "CustomCount1", false)]
    [InlineData("Region=eu", "X", true)]
    [InlineData("Region=\"eu-west-1\"", "X", true)]
    [InlineData("Region=us", "X", false)]
    [InlineData("Zone=a", "X", false)]
    [InlineData("region", "X", true)]
    [InlineData(":aws.AccountId=000000000000", "X", true)]
    [InlineData(":aws.AccountId=111122223333", "X", false)]
    [InlineData("eu-west-1", "X", true)]
    [InlineData("a OR X", "X", true)]
    [InlineData("a X", "X", false)]
    [InlineData("a AND X", "X", false)]
    [InlineData("X AND eu", "X", true)]
    [InlineData("X NOT eu", "X", false)]
    [InlineData("X NOT us NOT a", "X", true)]
    [InlineData("(a OR X) eu", "X", true)]
    [InlineData("MetricName=\"Y\" OR (MetricName=\"X\" AND (us OR eu))", "X", true)]
    [InlineData("a and X", "X", false)]
    [InlineData("{Shop,Region} X", "X", true)]
    [InlineData("{Shop, Region}, MetricName=\"X\"", "X", true)]
    [InlineData("{\"Shop\", \"Region\"}", "X", true)]
    [InlineData("{Shop}", "X", true)]
    [InlineData("{Shop,Zone}", "X", false)]
    [InlineData("{Shop,Region,Zone}", "X", false)]
    [InlineData("{AWS/EC2,Region}", "X", false)]
    public void A_search_finds_metrics_as_the_manual_says(string search, string name, bool isFound) =>
        Assert.Equal(isFound, SearchQuery.Parse($" {search} ")
            .Matches(new MetricIdentifier("Shop", name, new MetricDimension("Region", "eu-west-1")), new SearchNames()));

    [Theory]
    [InlineData("", 0, "expected a metric schema such as {Namespace, Dimension}, or a term to search for")]
    [InlineData("   ", 3, "expected a metric schema such as {Namespace, Dimension}, or a term to search for")]
    [InlineData("{}", 1, "expected the name of a namespace or dimension")]
    [InlineData("{Shop", 5, "expected ',' or '}' after a name in the metric schema")]
    [InlineData("{Shop,} x", 6, "expected the name of a namespace or dimension")]
    [InlineData("\"x", 0, "the text that begins with \" has no end; expected a second \"")]
    [InlineData("a OR", 4, "expected a term")]
    [InlineData("AND a", 0, "expected a term")]
    [InlineData("NOT", 3, "expected a term")]
    [InlineData("(a", 2, "expected a term or ')'")]
    [InlineData("a)", 1, "expected a term or the end, but found ')'")]
    [InlineData("=x", 1, "expected the name of a property before '=' and a term after it")]
    [InlineData("Region= x", 7, "expected the name of a property before '=' and a term after it")]
    public void An_invalid_search_names_the_position(string search, int position, string message)
    {
        MathException exception = Assert.Throws<MathException>(() => SearchQuery.Parse(search));

        Assert.Equal((position, message), (exception.Position, exception.Message));
    }

    [Fact]
    public void A_hostile_search_is_an_error()
    {
        Assert.Throws<MathException>(() => SearchQuery.Parse(new string('(', 1000)));
        Assert.Throws<MathException>(() => SearchQuery.Parse(new string('a', 1025)));
        Assert.NotNull(SearchQuery.Parse(string.Concat(Enumerable.Repeat("NOT ", 250)) + "a"));
    }

    [Fact]
    public void Whatever_the_search_is_it_is_read_or_refused_with_a_position_in_it()
    {
        string[] valid = [
            "{AWS/EC2,InstanceId} MetricName=\"CPUUtilization\" NOT i-123", "{\"My Shop\"}, (EC2 OR EBS) AND ReadOps \"a\\\"b\"",
            ":aws.AccountId=1 x"];
        MetricIdentifier metric = new("Shop", "Count1", new MetricDimension("Region", "eu"));
        foreach (string text in Mutations.Of(10_000, 5, valid))
        {
            try
            {
                _ = SearchQuery.Parse(text).Matches(metric, new SearchNames());
            }
            catch (MathException fault)
            {
                Assert.InRange(fault.Position, 0, text.Length);
            }
        }
    }

    [Fact]
    public void Labels_tell_what_distinguishes_the_metrics_found()
    {
        StoredMetrics store = new StoredMetrics().Put("Errors", [1], ("Fn", "a")).Put("Errors", [2], ("Fn", "b"))
            .Put("Calls", [3], ("Fn", "a")).PutTo("Other", "Errors", [4]);

        Assert.Equal(["a", "b"], Labels(store, "SEARCH('{Shop,Fn} MetricName=Errors', 'Sum', 60)"));
        Assert.Equal(["a Errors", "b Errors", "a Calls"], Labels(store, "SEARCH('{Shop,Fn}', 'Sum', 60)"));
        Assert.Equal(["Errors"], Labels(store, "SEARCH('{Shop,Fn} Errors b', 'Sum', 60)"));
        Assert.Equal(["Shop a", "Shop b", "Other"], Labels(store, "SEARCH('MetricName=Errors', 'Sum', 60)"));
    }

    [Fact]
    public void More_than_500_time_series_are_cut_with_a_message()
    {
        StoredMetrics store = new();
        for (int i = 0; i < 501; i++)
        {
            store.PutAt("Shop", "M", Start, i, "None", ("Number", $"{i}"));
        }

        IReadOnlyList<MetricDataResult> results = store.Get(1, Math("e", "SEARCH('{Shop,Number}', 'Sum', 60)"));

        Assert.Equal((500, "MaxMetricsExceeded"), (results.Count, results[0].Messages.Single().Code));
    }

    private static string[] Labels(StoredMetrics store, string expression) => [.. store.Get(1, Math("e", expression)).Select(r => r.Label)];
}
