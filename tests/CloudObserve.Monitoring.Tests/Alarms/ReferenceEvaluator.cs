namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Evaluates alarms slowly and obviously, as the documentation describes it, for alarms with a static threshold.</summary>
internal static class ReferenceEvaluator
{
    /// <param name="breaching">Whether the datapoint of each period breaches, the newest first; null for none.</param>
    internal static AlarmState Evaluate(int n, int m, string treatment, IReadOnlyList<bool?> breaching, AlarmState before)
    {
        List<int> real = [.. Enumerable.Range(0, breaching.Count).Where(i => breaching[i] is not null).Take(n)];
        int bad = real.Count(i => breaching[i] == true);
        bool hasGood = real.Any(i => breaching[i] == false);
        if (real.Count == n)
        {
            return bad >= m ? AlarmState.Alarm : AlarmState.Ok;
        }

        int missing = n - real.Count;
        if (treatment == "breaching")
        {
            return bad + missing >= m ? AlarmState.Alarm : AlarmState.Ok;
        }

        if (bad >= m)
        {
            return AlarmState.Alarm;
        }

        if (treatment == "notBreaching" || hasGood)
        {
            return AlarmState.Ok;
        }

        if (treatment == "ignore")
        {
            return before;
        }

        if (real.Count == 0)
        {
            return AlarmState.InsufficientData;
        }

        int ageOfOldest = real.Where(i => breaching[i] == true).Max() + 1;
        return ageOfOldest >= m ? AlarmState.Alarm : before;
    }
}
