using System.Text;

namespace CloudObserve.Monitoring.Tests.Expressions;

/// <summary>Makes texts that are almost valid, and texts that are not.</summary>
internal static class Mutations
{
    private const string Signs = "()[]{},+-*/^<>=!&|\"' m1A9.\\";

    /// <summary>Makes texts: every second one is a valid text with a few changes, and the others are random bytes.</summary>
    internal static IEnumerable<string> Of(int count, int seed, params string[] valid)
    {
        Random random = new(seed);
        return Enumerable.Range(0, count).Select(i => i % 2 == 0 ? Mutate(valid[random.Next(valid.Length)], random) : RandomText(random));
    }

    private static string Mutate(string text, Random random)
    {
        StringBuilder mutated = new(text);
        for (int i = random.Next(1, 5); i > 0 && mutated.Length > 0; i--)
        {
            int at = random.Next(mutated.Length);
            _ = random.Next(4) switch
            {
                0 => mutated.Remove(at, 1),
                1 => mutated.Insert(at, Signs[random.Next(Signs.Length)]),
                2 => mutated.Insert(at, text[random.Next(text.Length)..]),
                _ => mutated.Remove(at, mutated.Length - at),
            };
        }

        return mutated.ToString();
    }

    private static string RandomText(Random random)
    {
        byte[] bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        return Encoding.Latin1.GetString(bytes);
    }
}
