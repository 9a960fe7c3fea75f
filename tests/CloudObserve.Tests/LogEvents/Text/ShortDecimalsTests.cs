using System.Globalization;
using System.Text;
using CloudObserve.LogEvents.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.LogEvents.Text;

public sealed class ShortDecimalsTests
{
    [Fact]
    public void What_is_written_is_what_the_framework_writes()
    {
        Gen<double> doubles = Gen.OneOf(
            Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 1000.0),
            Gen.Choose(-1_000_000, 1_000_000).Select(n => n * 1.0e7),
            Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 10_000.0),
            Gen.Choose(int.MinValue, int.MaxValue).Select(n => n * 0.1),
            ArbMap.Default.GeneratorFor<double>());
        Prop.ForAll(doubles.ToArbitrary(), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Theory]
    [InlineData(-0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(0.001)]
    [InlineData(0.0005)]
    [InlineData(999_999_999_999.999)]
    [InlineData(1e12)]
    [InlineData(1e15)]
    [InlineData(0.1 + 0.2)]
    public void At_the_edges_too(double value) => Assert.True(Check(value));

    [Theory]
    [InlineData(249.5)]
    [InlineData(-12.25)]
    [InlineData(1200)]
    [InlineData(0.001)]
    public void Usual_numbers_take_the_short_way(double value) => Assert.True(ShortDecimals.TryWrite(value, new byte[64], out _));

    private static bool Check(double value)
    {
        byte[] target = new byte[64];
        if (!ShortDecimals.TryWrite(value, target, out int written))
        {
            return true;
        }

        Assert.Equal(value.ToString("R", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(target, 0, written));
        return true;
    }
}
