using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring.Alarms.Rules;

/// <summary>Orders composite alarms so that each comes after the alarms that it uses.</summary>
internal static class CompositeOrder
{
    /// <summary>Orders composite alarms.</summary>
    /// <param name="rules">The composite alarms by name, each with the alarms of its rule and its suppressor.</param>
    /// <param name="cycle">The names along a cycle, the first one again at the end; empty if there is none.</param>
    /// <returns>The names in the order of evaluation; those found before the cycle if there is one.</returns>
    internal static List<string> Of(IReadOnlyDictionary<string, IReadOnlyList<string>> rules, out IReadOnlyList<string> cycle)
    {
        List<string> order = [];
        HashSet<string> done = new(StringComparer.Ordinal);
        foreach (string name in rules.Keys)
        {
            // A stack of its own, because a chain of alarms can be longer than that of the thread allows.
            Stack<(string Name, int Next)> path = new();
            HashSet<string> onPath = new(StringComparer.Ordinal);
            Enter(name);
            while (path.TryPop(out (string Name, int Next) step))
            {
                IReadOnlyList<string> children = rules[step.Name];
                if (step.Next == children.Count)
                {
                    order.Add(step.Name);
                    _ = done.Add(step.Name);
                    _ = onPath.Remove(step.Name);
                    continue;
                }

                path.Push(step with { Next = step.Next + 1 });
                string child = AlarmReference.Of(children[step.Next]).Name;
                if (onPath.Contains(child))
                {
                    cycle = [.. path.Reverse().Select(static s => s.Name).SkipWhile(n => n != child), child];
                    return order;
                }

                Enter(child);
            }

            void Enter(string next)
            {
                if (rules.ContainsKey(next) && !done.Contains(next))
                {
                    path.Push((next, 0));
                    _ = onPath.Add(next);
                }
            }
        }

        cycle = [];
        return order;
    }
}
