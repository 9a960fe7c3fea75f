using System.Diagnostics;

namespace CloudObserve.Monitoring.Tests.Expressions;

public sealed class MetricMathErrorTests
{
    [Theory]
    [InlineData("", 0, "expected a number, an id, a function, '(' or '[', but found the end of the expression")]
    [InlineData("m1 +", 4, "expected a number, an id, a function, '(' or '[', but found the end of the expression")]
    [InlineData("m1 m2", 3, "expected an operator or the end of the expression, but found 'm2'")]
    [InlineData("(m1", 3, "expected an operator or ')', but found the end of the expression")]
    [InlineData("m1)", 2, "expected an operator or the end of the expression, but found ')'")]
    [InlineData("[m1", 3, "expected an operator, ',' or ']', but found the end of the expression")]
    [InlineData("SUM([])", 5, "expected a number, an id, a function, '(' or '[', but found ']'")]
    [InlineData("m1 = m2", 3, "'=' is not an operator; equality is written '=='")]
    [InlineData("m1 & m2", 3, "'&' is not an operator; write '&&', or AND")]
    [InlineData("m1 | m2", 3, "'|' is not an operator; write '||', or OR")]
    [InlineData("!m1", 0, "'!' is not an operator; inequality is written '!='")]
    [InlineData("m1 # comment", 3, "'#' is not part of the language")]
    [InlineData("m1 and m2", 3, "expected an operator or the end of the expression, but found 'and'")]
    [InlineData("AND m1", 0, "expected a number, an id, a function, '(' or '[', but found 'AND'")]
    [InlineData("M1 + 1", 0, "'M1' is not an id: an id begins with a lower-case letter")]
    [InlineData("m1 * 3m2", 6, "expected an operator after the number '3', but found 'm'")]
    [InlineData("m1 * 1.2.3", 8, "expected an operator after the number '1.2', but found '.'")]
    [InlineData("m1 * 1e999", 5, "the number '1e999' is too large")]
    [InlineData("NOT_A_FUNCTION(m)", 0, "Function 'NOT_A_FUNCTION' not found")]
    [InlineData("m1 + sum(m2)", 5, "Function 'sum' not found; functions are written in upper case: SUM")]
    [InlineData("SUM + 1", 4, "expected '(' after the function SUM, but found '+'")]
    [InlineData("ABS(m1,m2)", 7, "the function ABS takes one argument; several time series are given as an array in square brackets")]
    [InlineData("MAX(m1,m2)", 7, "the function MAX takes one argument; several time series are given as an array in square brackets")]
    [InlineData("ABS(m1,)", 7, "the function ABS takes one argument; several time series are given as an array in square brackets")]
    [InlineData("AVG()", 4, "expected a time series or an array of time series for the function AVG, but found ')'")]
    [InlineData("FILL(m1)", 7, "expected a scalar or a time series or REPEAT or LINEAR for the function FILL, but found ')'")]
    [InlineData("FILL(m1, LAST)", 13, "expected '(' after the function LAST, but found ')'")]
    [InlineData("SORT([m1], MEDIAN, ASC)", 11, "expected AVG or MIN or MAX or SUM for the function SORT, but found 'MEDIAN'")]
    [InlineData("SORT([m1], AVG)", 14, "expected ASC or DESC for the function SORT, but found ')'")]
    [InlineData("SORT([m1], AVG, ASC, 1, 2)", 24, "the function SORT takes 3 to 4 arguments")]
    [InlineData("METRICS(5)", 8, "expected a text in quotation marks for the function METRICS, but found '5'")]
    [InlineData("METRICS(\u201Cm\u201D)", 8, "a text must stand in straight quotation marks, \" or '")]
    [InlineData("METRICS(\"m)", 8, "the text that begins with \" has no end; expected a second \"")]
    [InlineData("m1/PERIOD(m1+1)", 12, "expected an operator, ',' or ')', but found '+'")]
    [InlineData("m1/PERIOD(5)", 10, "expected the id of a metric for the function PERIOD, but found '5'")]
    [InlineData("AVG(m1)", 0,
        "the result is a scalar, but it must be a time series or an array of time series; TIME_SERIES makes a time series of a scalar")]
    [InlineData("5", 0,
        "the result is a scalar, but it must be a time series or an array of time series; TIME_SERIES makes a time series of a scalar")]
    [InlineData("PERIOD(m1)", 0,
        "the result is a scalar, but it must be a time series or an array of time series; TIME_SERIES makes a time series of a scalar")]
    [InlineData("METRIC_COUNT([m1])", 0,
        "the result is a scalar, but it must be a time series or an array of time series; TIME_SERIES makes a time series of a scalar")]
    [InlineData("ABS(5)", 0, "the function ABS takes a time series or an array of time series as argument 1, but not a scalar")]
    [InlineData("m1 + SUM(5)", 5, "the function SUM takes a time series or an array of time series as argument 1, but not a scalar")]
    [InlineData("TIME_SERIES(AVG([m1,m2]))", 0, "the function TIME_SERIES takes a scalar as argument 1, but not a time series")]
    [InlineData("TIME_SERIES(m1)", 0, "the function TIME_SERIES takes a scalar as argument 1, but not a time series")]
    [InlineData("FIRST(m1)", 0, "the function FIRST takes an array of time series as argument 1, but not a time series")]
    [InlineData("METRIC_COUNT(m1)", 0, "the function METRIC_COUNT takes an array of time series as argument 1, but not a time series")]
    [InlineData("SORT([m1], AVG, ASC, m1)", 0, "the function SORT takes a scalar as argument 4, but not a time series")]
    [InlineData("SUM([m1, 2])", 4, "an array contains time series and arrays of time series, but no scalars")]
    [InlineData("[m1] + [m1]", 5, "the operator cannot combine two arrays of time series")]
    [InlineData("[m1] > 1", 5, "the operator compares or combines scalars and time series, but not an array of time series")]
    [InlineData("IF([m1], 1, 2)", 0, "the function IF takes a scalar or a time series as argument 1, but not an array of time series")]
    [InlineData("IF(1, 2, 3) + m1", 0, "the function IF needs a time series as the condition or as a value")]
    [InlineData("[ANOMALY_DETECTION_BAND(m1), ANOMALY_DETECTION_BAND(m2)]", 29, "an expression can have only one ANOMALY_DETECTION_BAND")]
    [InlineData("ANOMALY_DETECTION_BAND(SUM(METRICS()))", 27, "ANOMALY_DETECTION_BAND cannot be computed of METRICS")]
    [InlineData("LAMBDA('f', 'x')", 0, "the function LAMBDA is not supported: it calls a function of AWS Lambda, which exists only in AWS")]
    [InlineData("SERVICE_QUOTA(m1)", 0,
        "the function SERVICE_QUOTA is not supported: it reads quotas of an AWS account, which exist only in AWS")]
    [InlineData("DB_PERF_INSIGHTS('RDS')", 0,
        "the function DB_PERF_INSIGHTS is not supported: it reads counters of Amazon RDS, which exist only in AWS")]
    [InlineData("INSIGHT_RULE_METRIC('r', 'UniqueContributors')", 0,
        "the function INSIGHT_RULE_METRIC is not supported: it reads rules of Contributor Insights, which exist only in AWS")]
    [InlineData("SEARCH('{', 'Sum', 300)", 0,
        "the search expression is invalid at its position 1: expected the name of a namespace or dimension")]
    [InlineData("SEARCH('x', 'Sum', 45)", 0, "the period of SEARCH must be 1, 5, 10, 20, 30 or a multiple of 60 seconds, but it is 45")]
    public void An_error_names_the_position_and_what_was_expected(string expression, int position, string message)
    {
        Assert.False(MetricMath.TryParse(expression, out _, out MetricMathError? error));

        Assert.Equal((position, message), (error.Position, error.Message));
        Assert.Equal(message, Assert.Throws<FormatException>(() => MetricMath.Parse(expression)).Message.Split("^ ")[1]);
    }

    [Fact]
    public void The_text_of_an_error_points_at_the_position()
    {
        Assert.Equal("m1 = m2\n   ^ no", new MetricMathError("m1 = m2", 3, "no").ToString());
        Assert.Equal("m1 = m2\n   ^ no", new MetricMathError("m1\t=\nm2", 3, "no").ToString());
        string far = new MetricMathError(new string('m', 1000), 1000, "no").ToString();
        Assert.Equal((120, "\n" + new string(' ', 120) + "^ no"), (far.IndexOf('\n', StringComparison.Ordinal), far[120..]));
    }

    [Fact]
    public void A_hostile_expression_is_an_error_at_once()
    {
        string[] hostile =
        [
            new string('(', 100_000) + "m1",
            new string('(', 1000) + "m1" + new string(')', 1000),
            new string('[', 1500),
            string.Concat(Enumerable.Repeat("ABS(", 500)) + "m1" + new string(')', 500),
            string.Join('^', Enumerable.Repeat("2", 1000)),
            string.Join('+', Enumerable.Repeat("m1", 500_000)),
            new string('"', 2047),
            "m1" + new string(' ', 1_000_000),
            new string('9', 2000),
        ];

        long start = Stopwatch.GetTimestamp();
        Assert.All(hostile, expression => Assert.False(MetricMath.TryParse(expression, out _, out _)));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_long_flat_expression_is_fine()
    {
        string signs = new string('-', 2000) + "m1";
        string sum = string.Join('+', Enumerable.Repeat("m1", 680));

        Assert.True(MetricMath.Parse(signs).TryEvaluate([new("m1", Points.Series("[1]"))], out IReadOnlyList<MetricSeries>? one, out _));
        Assert.True(MetricMath.Parse(sum).TryEvaluate([new("m1", Points.Series("[1]"))], out IReadOnlyList<MetricSeries>? many, out _));
        Assert.Equal((1, 680), (one[0].Values[0], many[0].Values[0]));
    }

    [Fact]
    public void Whatever_the_text_is_there_is_a_result_or_an_error_with_a_position_in_the_text()
    {
        string[] valid =
        [
            "IF(FIRST(SORT(METRICS(), AVG, DESC)) > 100, FILL(m1, LINEAR), -2^m2)", "SUM([METRICS(\"4xx\"), m1 * 1.5e3]) / PERIOD(m1)",
            "SEARCH(' {AWS/Lambda,FunctionName} MetricName=\"Errors\" OR (a AND NOT b) ', 'Average', 600)",
                "ANOMALY_DETECTION_BAND(m1, 2)", "SLICE([m1, m2], 0, 1) && 3",
        ];
        foreach (string text in Mutations.Of(20_000, 17, valid))
        {
            if (MetricMath.TryParse(text, out MetricMath? math, out MetricMathError? error))
            {
                KeyValuePair<string, MetricSeries>[] metrics =
                    [.. math.Ids.Select(id => KeyValuePair.Create(id, Points.Series("[1, -, 0, -2.5]")))];
                _ = math.TryEvaluate(metrics, out _, out error);
            }

            Assert.True(error is null || (error.Position >= 0 && error.Position <= text.Length && error.ToString().Length > 0), text);
        }
    }
}
