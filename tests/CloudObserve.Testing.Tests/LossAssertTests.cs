using CloudObserve.Delivery;
using CloudObserve.Logs;

namespace CloudObserve.Testing.Tests;

public sealed class LossAssertTests
{
    [Fact]
    public void Books_without_a_loss_pass_and_what_is_on_its_way_is_no_loss()
    {
        LossAssert.NothingLost(Books(10, 7, 3));
        LossAssert.AllDelivered(Books(10, 10, 0));
        LossAssert.Balanced(new Running(Books(10, 4, 6, spooled: 6)));
    }

    [Fact]
    public void A_loss_fails_and_the_message_lists_all_the_books()
    {
        Dictionary<string, LedgerSnapshot> ledgers = Books(10, 7, 1, lost: (LossReason.BufferFull, 2));
        ledgers["metrics"] = new LedgerSnapshot(5, 5, new Dictionary<LossReason, long>(), 0);

        LossAssertException exception = Assert.Throws<LossAssertException>(() => LossAssert.NothingLost(new Running(ledgers)));
        Assert.Equal(
            "logs has lost something.\n  logs: accepted 10, delivered 7, lost BufferFull: 2, in flight 1, of it spooled 0\n  metrics: accepted 5, delivered 5, lost 0, in flight 0, of it spooled 0",
            exception.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Only_given_reasons_and_what_filters_discard_may_be_lost()
    {
        LossAssert.OnlyLost(Books(10, 8, 0, lost: (LossReason.Rejected, 2)), LossReason.Rejected);
        LossAssert.NothingLost(Books(10, 8, 0, lost: (LogLossReasons.SampledOut, 2)));
        Assert.Throws<LossAssertException>(() => LossAssert.OnlyLost(Books(10, 8, 0, lost: (LossReason.TooOld, 2)), LossReason.Rejected));
    }

    [Theory]
    [InlineData(10, 8, 1, 0)]
    [InlineData(10, 8, 2, 3)]
    [InlineData(10, 11, -1, 0)]
    public void Books_that_do_not_balance_fail(long accepted, long delivered, long inFlight, long spooled)
    {
        LossAssertException exception =
            Assert.Throws<LossAssertException>(() => LossAssert.Balanced(Books(accepted, delivered, inFlight, spooled: spooled)));
        Assert.StartsWith("logs has books that do not balance.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_not_arrived_is_not_all_delivered()
    {
        Assert.Throws<LossAssertException>(() => LossAssert.AllDelivered(Books(10, 7, 3)));
    }

    private static Dictionary<string,
        LedgerSnapshot> Books(long accepted, long delivered, long inFlight, long spooled = 0, (LossReason Reason, long Count)? lost = null)
    {
        Dictionary<LossReason, long> reasons = lost is { } loss ? new() { [loss.Reason] = loss.Count } : [];
        return new() { ["logs"] = new LedgerSnapshot(accepted, delivered, reasons, inFlight) { Spooled = spooled } };
    }

    private sealed class Running(IReadOnlyDictionary<string, LedgerSnapshot> ledgers) : ICloudObserve
    {
        public IReadOnlyDictionary<string, LedgerSnapshot> Ledgers => ledgers;

        public CloudObserveStatus GetStatus() => throw new NotSupportedException();

        public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
