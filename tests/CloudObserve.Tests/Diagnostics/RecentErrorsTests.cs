using CloudObserve.Diagnostics;

namespace CloudObserve.Tests.Diagnostics;

public sealed class RecentErrorsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RecentErrors _errors = new();

    [Fact]
    public void Errors_of_one_kind_are_one_entry_with_their_number_and_the_latest_words()
    {
        _errors.Add("DataLost", "logs", "BufferFull", "first", 3, Start);
        _errors.Add("DataLost", "logs", "TooOld", "other", 1, Start.AddSeconds(1));
        _errors.Add("DataLost", "logs", "BufferFull", "second", 4, Start.AddSeconds(2));

        Assert.Equal(
            [
                new ReportedError("DataLost", "logs", "BufferFull", "second", 7, Start, Start.AddSeconds(2)),
                new ReportedError("DataLost", "logs", "TooOld", "other", 1, Start.AddSeconds(1), Start.AddSeconds(1)),
            ],
            _errors.List());
    }

    [Fact]
    public void When_there_are_too_many_the_one_that_came_longest_ago_is_forgotten()
    {
        for (int i = 0; i <= RecentErrors.Most; i++)
        {
            _errors.Add("DeliveryInterrupted", "metrics", $"Code{i}", "", 1, Start.AddSeconds(i));
            _errors.Add("DeliveryInterrupted", "metrics", "Code0", "", 1, Start.AddSeconds(i));
        }

        List<ReportedError> kept = _errors.List();

        Assert.Equal(RecentErrors.Most, kept.Count);
        Assert.Contains(kept, e => e.Reason == "Code0");
        Assert.DoesNotContain(kept, e => e.Reason == "Code1");
    }
}
