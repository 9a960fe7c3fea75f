using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Computes the sum, the mean, the population variance or the population standard deviation of numbers.</summary>
/// <param name="result">Computes the result from the count, the sum, and the sum of squared distances from the mean.</param>
internal sealed class MomentsAggregate(Func<long, double, double, double> result) : Aggregate
{
    private long _count;
    private double _sum;
    private double _mean;

    // The sum of the squared distances from the mean, kept as Welford does, which loses no digits to large sums of squares.
    private double _squares;

    internal override void Add(in LogValue value, LogRow row)
    {
        if (!value.TryGetNumber(out double number))
        {
            return;
        }

        _count++;
        _sum += number;
        double distance = number - _mean;
        _mean += distance / _count;
        _squares += distance * (number - _mean);
    }

    internal override void Merge(Aggregate other)
    {
        MomentsAggregate added = (MomentsAggregate)other;
        if (added._count == 0)
        {
            return;
        }

        double distance = added._mean - _mean;
        long count = _count + added._count;
        _squares += added._squares + (distance * distance * _count * added._count / count);
        _mean += distance * added._count / count;
        _sum += added._sum;
        _count = count;
    }

    internal override LogValue Result() => _count == 0 ? LogValue.Missing : LogValue.From(result(_count, _sum, _squares));
}
