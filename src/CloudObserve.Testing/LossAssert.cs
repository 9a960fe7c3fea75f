using System.Globalization;
using System.Text;
using CloudObserve.Delivery;

namespace CloudObserve.Testing;

/// <summary>
/// Provides assertions on the ledgers: that nothing was lost, that everything arrived, or that data was lost only for expected reasons.
/// </summary>
/// <remarks>
/// <para>
/// It works with any test framework: a failed assertion throws <see cref="LossAssertException"/>, whose message lists the ledgers.
/// Each assertion also checks that the ledgers balance: <c>accepted = delivered + lost + in flight</c>.
/// </para>
/// <para>
/// Data that is discarded on purpose (<see cref="LossReason.IsIntended"/>), such as events that a metric filter discards, is not lost.
/// </para>
/// <example>
/// <code>
/// await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
/// // ... start the application against aws.Url ...
/// aws.Script.Enqueue(Fault.Throttle(), Fault.InternalError());
/// checkout.Place(order);
/// FlushResult flush = await app.Services.GetRequiredService&lt;ICloudObserve&gt;().FlushAsync();
/// LossAssert.AllDelivered(flush.Ledgers);
/// </code>
/// </example>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public static class LossAssert
{
    /// <summary>Asserts that no signal has lost data.</summary>
    /// <remarks>Data that is in flight or on disk is not lost.</remarks>
    /// <param name="observe">The running library.</param>
    /// <exception cref="LossAssertException">Data was lost.</exception>
    public static void NothingLost(ICloudObserve observe) => NothingLost(LedgersOf(observe));

    /// <summary>Asserts that no signal has lost data.</summary>
    /// <remarks>Data that is in flight or on disk is not lost.</remarks>
    /// <param name="ledgers">The ledgers by signal, such as <see cref="FlushResult.Ledgers"/>.</param>
    /// <exception cref="LossAssertException">Data was lost.</exception>
    public static void NothingLost(IReadOnlyDictionary<string, LedgerSnapshot> ledgers) => OnlyLost(ledgers);

    /// <summary>Asserts that all accepted data has arrived: nothing is lost, in flight, or on disk.</summary>
    /// <param name="observe">The running library.</param>
    /// <exception cref="LossAssertException">Data has not arrived.</exception>
    public static void AllDelivered(ICloudObserve observe) => AllDelivered(LedgersOf(observe));

    /// <summary>Asserts that all accepted data has arrived: nothing is lost, in flight, or on disk.</summary>
    /// <param name="ledgers">The ledgers by signal, such as <see cref="FlushResult.Ledgers"/>.</param>
    /// <exception cref="LossAssertException">Data has not arrived.</exception>
    public static void AllDelivered(IReadOnlyDictionary<string, LedgerSnapshot> ledgers)
    {
        NothingLost(ledgers);
        Check(ledgers, books => books.InFlight == 0, "has not delivered all of it");
    }

    /// <summary>Asserts that data was lost only for the given reasons.</summary>
    /// <param name="observe">The running library.</param>
    /// <param name="reasons">The reasons for which data may be lost.</param>
    /// <exception cref="LossAssertException">Data was lost for another reason.</exception>
    public static void OnlyLost(ICloudObserve observe, params ReadOnlySpan<LossReason> reasons) => OnlyLost(LedgersOf(observe), reasons);

    /// <summary>Asserts that data was lost only for the given reasons.</summary>
    /// <param name="ledgers">The ledgers by signal, such as <see cref="FlushResult.Ledgers"/>.</param>
    /// <param name="reasons">The reasons for which data may be lost.</param>
    /// <exception cref="LossAssertException">Data was lost for another reason.</exception>
    public static void OnlyLost(IReadOnlyDictionary<string, LedgerSnapshot> ledgers, params ReadOnlySpan<LossReason> reasons)
    {
        Balanced(ledgers);
        HashSet<LossReason> allowed = [.. reasons];
        Check(ledgers, books => books.Lost.All(l => l.Value == 0 || l.Key.IsIntended || allowed.Contains(l.Key)), "has lost something");
    }

    /// <summary>Asserts that the ledgers balance: accepted data is delivered, lost or in flight, and data on disk is in flight.</summary>
    /// <param name="observe">The running library.</param>
    /// <exception cref="LossAssertException">The ledgers do not balance.</exception>
    public static void Balanced(ICloudObserve observe) => Balanced(LedgersOf(observe));

    /// <summary>Asserts that the ledgers balance: accepted data is delivered, lost or in flight, and data on disk is in flight.</summary>
    /// <param name="ledgers">The ledgers by signal, such as <see cref="FlushResult.Ledgers"/>.</param>
    /// <exception cref="LossAssertException">The ledgers do not balance.</exception>
    public static void Balanced(IReadOnlyDictionary<string, LedgerSnapshot> ledgers)
    {
        ArgumentNullException.ThrowIfNull(ledgers);
        Check(ledgers, IsBalanced, "has books that do not balance");
    }

    private static IReadOnlyDictionary<string, LedgerSnapshot> LedgersOf(ICloudObserve observe)
    {
        ArgumentNullException.ThrowIfNull(observe);
        return observe.Ledgers;
    }

    private static bool IsBalanced(LedgerSnapshot books) =>
        books.Accepted == books.Delivered + books.TotalLost + books.InFlight
        && books.Delivered >= 0 && books.Lost.Values.All(count => count >= 0) && books.Spooled >= 0 && books.Spooled <= books.InFlight;

    private static void Check(IReadOnlyDictionary<string, LedgerSnapshot> ledgers, Func<LedgerSnapshot, bool> holds, string otherwise)
    {
        string[] broken = [.. ledgers.Where(l => !holds(l.Value)).Select(l => l.Key)];
        if (broken.Length > 0)
        {
            throw new LossAssertException($"{string.Join(" and ", broken)} {otherwise}.{Describe(ledgers)}");
        }
    }

    private static string Describe(IReadOnlyDictionary<string, LedgerSnapshot> ledgers)
    {
        StringBuilder text = new();
        foreach ((string signal, LedgerSnapshot books) in ledgers)
        {
            string lost = books.Lost.Count == 0 ? "0" : string.Join(", ", books.Lost.Select(l => $"{l.Key}: {l.Value}"));
            _ = text.AppendLine().Append(
                CultureInfo.InvariantCulture,
                $"  {signal}: accepted {books.Accepted}, delivered {books.Delivered}, lost {lost}, in flight {books.InFlight}, of it "
                    + $"spooled {books.Spooled}");
        }

        return text.ToString();
    }
}
