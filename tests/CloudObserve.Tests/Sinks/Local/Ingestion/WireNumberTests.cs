using CloudObserve.Sinks.Local.Ingestion;

namespace CloudObserve.Tests.Sinks.Local.Ingestion;

public sealed class WireNumberTests
{
    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(7, "7.0")]
    [InlineData(-12.5, "-12.5")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.00012, "1.2E-4")]
    [InlineData(9999999, "9999999.0")]
    [InlineData(10000000, "1.0E7")]
    [InlineData(123456789.25, "1.2345678925E8")]
    [InlineData(-1e200, "-1.0E200")]
    [InlineData(4.6970851655476665e108, "4.6970851655476665E108")]
    [InlineData(5e-324, "5.0E-324")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number_is_written_as_Java_writes_it(double value, string text) => Assert.Equal(text, WireNumber.ToText(value));
}
