using CloudObserve.Local;
using CloudObserve.Monitoring.Expressions;
using CloudObserve.Monitoring.Expressions.Functions;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Reads the expression of a band, such as <c>ANOMALY_DETECTION_BAND(m1, 2)</c>.</summary>
internal static class BandExpression
{
    // CloudWatch's default.
    private const double DefaultFactor = 2;

    /// <summary>Reads the expression of a query.</summary>
    /// <param name="query">The query that returns the band. Its expression can be compiled.</param>
    /// <param name="series">The id of the series that the band is of.</param>
    /// <param name="factor">The width of the band in deviations on each side.</param>
    /// <returns>Whether the expression is a band of one series.</returns>
    internal static bool TryRead(MetricDataQuery query, out string series, out double factor)
    {
        MathProgram program = MathProgram.Compile(query.Expression ?? "");
        (bool isBand, series, factor) = program.Instructions switch
        {
            [{ Operation: MathOperation.Reference } reference, { Function: { } function }] when function == SourceFunctions.Band =>
                (true, program.References[reference.Reference], DefaultFactor),
            [{ Operation: MathOperation.Reference } reference, { Operation: MathOperation.Number } number, { Function: { } function }]
                when function == SourceFunctions.Band => (true, program.References[reference.Reference], number.Number),
            _ => (false, "", DefaultFactor),
        };
        return isBand;
    }
}
