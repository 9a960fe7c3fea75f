using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

public sealed class LossLedgerTests
{
    [Fact]
    public void In_flight_is_what_was_accepted_and_is_neither_delivered_nor_lost()
    {
        LossLedger ledger = new("metrics", () => 40);
        ledger.Accept(60);
        ledger.Deliver(70);
        ledger.Lose(LossReason.Rejected, 5);
        ledger.Refuse(LossReason.InvalidValue);

        LedgerSnapshot books = ledger.Snapshot();

        Assert.Equal((101, 70, 6, 25), (books.Accepted, books.Delivered, books.TotalLost, books.InFlight));
        Assert.Equal(5, books.Lost[LossReason.Rejected]);
        Assert.Equal(1, books.Lost[LossReason.InvalidValue]);
        Assert.DoesNotContain(LossReason.BufferFull, books.Lost.Keys);
    }
}
