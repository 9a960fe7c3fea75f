using CloudObserve.LogEvents.Text;

namespace CloudObserve.Tests.LogEvents.Text;

public sealed class Utf8BufferTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void Advancing_out_of_the_memory_is_refused_and_changes_nothing(int beyond)
    {
        Utf8Buffer buffer = new();
        buffer.Append("text"u8);
        int count = beyond < 0 ? beyond : (int)Math.Min(int.MaxValue, (long)buffer.GetSpan(1).Length + beyond);

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(count));
        Assert.Equal("text"u8.ToArray(), buffer.Written.ToArray());
    }
}
