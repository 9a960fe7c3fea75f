using CloudObserve.Local;
using CloudObserve.Monitoring.Expressions.Functions;
using CloudObserve.Monitoring.Expressions.Labels;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Represents queries that passed every check, and the order in which their expressions are evaluated.</summary>
/// <remarks>A plan can be evaluated any number of times.</remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class QueryPlan
{
    // CloudWatch: a band is computed of at most 10 metrics with the same period of at most an hour.
    private const int MaxBandMetrics = 10;
    private const long MaxBandPeriod = 3600;

    private QueryPlan(IReadOnlyList<PlannedQuery> queries, IReadOnlyList<int> order, IReadOnlyList<MathType> types)
    {
        Queries = queries;
        Order = order;
        Types = types;
        PlannedQuery[] metrics = [.. queries.Where(static query => query.IsMetric)];
        IReadOnlyList<string> labels = MetricLabels.OfQueries([.. metrics.Select(static query => query.Query.MetricStat!)]);
        DefaultLabels = metrics.Zip(labels).ToDictionary(static pair => pair.First.Index, static pair => pair.Second);
    }

    /// <summary>Gets the queries in the order of the request.</summary>
    internal IReadOnlyList<PlannedQuery> Queries { get; }

    /// <summary>Gets the indexes of the expressions in an order in which each comes after those that it uses.</summary>
    internal IReadOnlyList<int> Order { get; }

    /// <summary>Gets the type of the result of each query.</summary>
    internal IReadOnlyList<MathType> Types { get; }

    /// <summary>Gets the labels of the queries that read a metric, for those without one of their own.</summary>
    internal IReadOnlyDictionary<int, string> DefaultLabels { get; }

    /// <summary>Checks queries and plans their evaluation.</summary>
    /// <exception cref="CloudWatchException">A query breaks a rule of CloudWatch.</exception>
    internal static QueryPlan Create(IReadOnlyList<MetricDataQuery> queries)
    {
        PlannedQuery[] planned = QueryRules.Check(queries);
        Dictionary<string, int> indexes =
            planned.ToDictionary(static query => query.Query.Id, static query => query.Index, StringComparer.Ordinal);
        for (int i = 0; i < planned.Length; i++)
        {
            planned[i] = planned[i] with { Dependencies = DependenciesOf(planned[i], planned, indexes) };
        }

        List<int> order = OrderOf(planned);
        MathType[] types = new MathType[planned.Length];
        Symbols symbols = new(planned, indexes, types);
        foreach (PlannedQuery query in planned.Where(static query => query.Program is null))
        {
            types[query.Index] = query.Selection?.Type ?? MathType.Series;
        }

        QueryPlan plan = new(planned, order, types);
        foreach (PlannedQuery query in order.Select(index => planned[index]).Where(static query => query.Program is not null))
        {
            types[query.Index] = plan.Check(query, symbols);
        }

        return plan;
    }

    /// <summary>Returns queries and all those that they use.</summary>
    internal HashSet<int> ClosureOf(IEnumerable<int> indexes)
    {
        HashSet<int> closure = [];
        Stack<int> open = new(indexes);
        while (open.TryPop(out int index))
        {
            if (closure.Add(index))
            {
                foreach (int dependency in Queries[index].Dependencies)
                {
                    open.Push(dependency);
                }
            }
        }

        return closure;
    }

    /// <summary>Returns the queries that the operands of an instruction use, directly or indirectly.</summary>
    internal HashSet<int> ClosureOf(MathProgram operands)
    {
        HashSet<string> ids =
        [
            .. from step in operands.Instructions
               where step.Operation == MathOperation.Reference
               select operands.References[step.Reference],
        ];
        return ClosureOf(Queries.Where(query => ids.Contains(query.Query.Id)).Select(static query => query.Index));
    }

    private MathType Check(PlannedQuery query, Symbols symbols)
    {
        try
        {
            MathType type = MathTypes.Check(query.Program!, symbols);
            CheckBand(query.Program!);
            return type == MathType.Scalar && query.Query.ReturnData ? throw MathTypes.IsScalar() : type;
        }
        catch (MathException fault)
        {
            throw query.Fault(fault);
        }
    }

    private void CheckBand(MathProgram program)
    {
        foreach (MathInstruction band in program.Instructions.Where(static instruction => instruction.Function == SourceFunctions.Band))
        {
            PlannedQuery[] inputs = [.. ClosureOf(program.OperandsOf(band)).Select(index => Queries[index])];
            MetricStat[] metrics = [.. inputs.Select(static input => input.Query.MetricStat).OfType<MetricStat>()];
            long[] periods = [.. metrics.Select(static metric => (long)metric.Period.TotalSeconds).Distinct()];
            string? fault =
                inputs.Length > MaxBandMetrics ? $"can be computed of at most {MaxBandMetrics} metrics and expressions"
                : periods.Length > 1 ? "needs metrics of the same period"
                : periods.Any(static period => period > MaxBandPeriod) ? $"needs a period of at most {MaxBandPeriod} seconds"
                : Array.Exists(inputs, static input => input.Program is { } inner && SourceFunctions.All.Any(inner.Calls))
                    ? "cannot be computed of METRICS, SEARCH or another band"
                : null;
            if (fault is not null)
            {
                throw new MathException(band.Position, $"{SourceFunctions.Band.Name} {fault}");
            }
        }
    }

    // An unknown id is found when the types are checked, with its position.
    private static int[] DependenciesOf(PlannedQuery query, PlannedQuery[] all, Dictionary<string, int> indexes)
    {
        if (query.Program is not { } program)
        {
            return [];
        }

        IEnumerable<int> referenced = program.References.Where(indexes.ContainsKey).Select(id => indexes[id]);
        IEnumerable<int> selected =
            from call in program.Instructions
            where call.Function == SourceFunctions.Metrics
            from metric in all
            where metric.IsMetric && (call.Literals.Count == 0 || metric.Query.Id.Contains(call.Literals[0], StringComparison.Ordinal))
            select metric.Index;
        return [.. referenced.Concat(selected).Distinct()];
    }

    // Takes again and again the expressions whose dependencies have all been taken. What remains is part of a cycle, or uses one.
    private static List<int> OrderOf(PlannedQuery[] queries)
    {
        int[] open = [.. queries.Select(query => query.Dependencies.Count(dependency => !queries[dependency].IsMetric))];
        ILookup<int, int> users = queries
            .SelectMany(static query => query.Dependencies, static (query, dependency) => (query.Index, Dependency: dependency))
            .ToLookup(static edge => edge.Dependency, static edge => edge.Index);
        List<int> order = [.. queries.Where(query => !query.IsMetric && open[query.Index] == 0).Select(static query => query.Index)];
        for (int i = 0; i < order.Count; i++)
        {
            foreach (int user in users[order[i]])
            {
                if (--open[user] == 0)
                {
                    order.Add(user);
                }
            }
        }

        return Array.FindIndex(open, static count => count > 0) is var cyclic and >= 0
            ? throw queries[cyclic].Fault(new MathException(0, "the expression uses its own result, directly or through other expressions"))
            : order;
    }

    private sealed class Symbols(PlannedQuery[] queries, Dictionary<string, int> indexes, MathType[] types) : IMathSymbols
    {
        public MathType TypeOf(string id) => indexes.TryGetValue(id, out int index) ? types[index] : MathType.None;

        public bool IsMetric(string id) => indexes.TryGetValue(id, out int index) && queries[index].IsMetric;
    }
}
