namespace CloudObserve.Benchmarks.Metrics;

/// <summary>Provides three tag values for each measurement, the same for all competitors.</summary>
internal sealed class TagSets
{
    private const int Mask = 1_023;
    private static readonly string[] Regions = ["eu-central-1", "us-east-1", "ap-southeast-2", "sa-east-1"];
    private static readonly string[] Tiers = ["bronze", "silver", "gold", "platinum"];
    private static readonly string[] Statuses = ["accepted", "declined", "refunded", "cancelled"];

    private readonly (string Region, string Tier, string Status)[] _sets;
    private int _next;

    internal TagSets(TagSource source)
    {
        _sets = new (string, string, string)[Mask + 1];
        Random random = new(1);
        for (int i = 0; i <= Mask; i++)
        {
            _sets[i] = source == TagSource.Literal
                ? (Regions[0], Tiers[2], Statuses[0])
                : (Copy(Regions[random.Next(4)]), Copy(Tiers[random.Next(4)]), Copy(Statuses[random.Next(4)]));
        }
    }

    internal ref readonly (string Region, string Tier, string Status) Next() => ref _sets[_next++ & Mask];

    private static string Copy(string text) => new(text.AsSpan());
}
