using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Filters.Reference;

/// <summary>Runs a property on many seeds. A failure names the seed, which is all that is needed to see it again.</summary>
internal static class Generated
{
    internal static void ForAllSeeds(int times, Action<Random> property) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(times),
            Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => property(new Random(seed))));

    internal static T Pick<T>(this Random random, params T[] choices) => choices[random.Next(choices.Length)];

    internal static bool Chance(this Random random, int oneIn) => random.Next(oneIn) == 0;

    internal static string Join(this Random random, int least, int most, Func<string> part, string joiner = "") =>
        string.Join(joiner, Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => part()));
}
