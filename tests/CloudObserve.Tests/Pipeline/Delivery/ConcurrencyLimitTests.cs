using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

public sealed class ConcurrencyLimitTests
{
    private readonly ConcurrencyLimit _limit = new(8);
    private long _now = 1;

    [Fact]
    public void A_service_that_slows_down_halves_the_requests_once_a_round()
    {
        Succeed(50, TimeSpan.FromMilliseconds(40));
        Assert.Equal(8, _limit.Current);

        long roundBegan = _now;
        for (int i = 0; i < 8; i++)
        {
            _limit.Succeeded(roundBegan, _now + 1, TimeSpan.FromSeconds(2));
        }

        Assert.Equal(4, _limit.Current);
    }

    [Fact]
    public void It_rises_by_one_a_round_to_the_most_there_may_be()
    {
        _limit.Lower(1, 2);
        _limit.Lower(3, 4);
        _limit.Lower(5, 6);
        Assert.Equal(1, _limit.Current);
        _now = 7;
        for (int expected = 2; expected <= 8; expected++)
        {
            Succeed(expected, TimeSpan.FromMilliseconds(10));
            Assert.InRange(_limit.Current, expected - 1, expected + 1);
        }

        Succeed(100, TimeSpan.FromMilliseconds(10));
        Assert.Equal(8, _limit.Current);
    }

    [Fact]
    public void A_large_batch_that_takes_a_little_longer_is_no_trouble()
    {
        for (int i = 0; i < 100; i++)
        {
            Succeed(1, TimeSpan.FromMilliseconds(i % 2 == 0 ? 20 : 200));
        }

        Assert.Equal(8, _limit.Current);
    }

    [Fact]
    public void A_service_that_is_slow_for_good_becomes_usual()
    {
        Succeed(20, TimeSpan.FromMilliseconds(40));
        Succeed(200, TimeSpan.FromSeconds(1));

        Assert.Equal(8, _limit.Current);
    }

    [Fact]
    public void It_never_falls_below_one()
    {
        for (int i = 0; i < 20; i++)
        {
            _limit.Lower(_now, ++_now);
            _now++;
        }

        Assert.Equal(1, _limit.Current);
    }

    private void Succeed(int times, TimeSpan latency)
    {
        for (int i = 0; i < times; i++)
        {
            _limit.Succeeded(_now, _now + 1, latency);
            _now += 2;
        }
    }
}
