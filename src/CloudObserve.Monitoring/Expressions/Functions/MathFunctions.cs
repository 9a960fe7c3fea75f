using System.Collections.Frozen;

namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Lists the functions of metric math.</summary>
/// <remarks>Source: "Functions supported for metric math" in the user guide of CloudWatch.</remarks>
internal static class MathFunctions
{
    private static readonly FrozenDictionary<string, MathFunction> Functions =
        All().ToFrozenDictionary(static function => function.Name, StringComparer.Ordinal);

    /// <summary>Returns a function.</summary>
    /// <returns><see langword="null"/> if there is no function of this name.</returns>
    internal static MathFunction? Find(string name) => Functions.GetValueOrDefault(name);

    private static IEnumerable<MathFunction> All() =>
    [
        .. PointFunctions.All,
        .. AggregateFunctions.All,
        .. DifferenceFunctions.All,
        .. ArrayFunctions.All,
        .. TimeFunctions.All,
        .. SourceFunctions.All,
        FillFunction.Instance,
        IfFunction.Instance,
        MathFunction.Refused("DB_PERF_INSIGHTS", "it reads counters of Amazon RDS, which exist only in AWS"),
        MathFunction.Refused("INSIGHT_RULE_METRIC", "it reads rules of Contributor Insights, which exist only in AWS"),
        MathFunction.Refused("LAMBDA", "it calls a function of AWS Lambda, which exists only in AWS"),
        MathFunction.Refused("SERVICE_QUOTA", "it reads quotas of an AWS account, which exist only in AWS"),
    ];
}
