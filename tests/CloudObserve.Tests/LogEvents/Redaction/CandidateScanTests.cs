using CloudObserve.LogEvents.Redaction;

namespace CloudObserve.Tests.LogEvents.Redaction;

public sealed class CandidateScanTests
{
    // Whole windows, the last one, which overlaps, and texts shorter than a window are looked at in different ways.
    [Theory]
    [InlineData("secret", "token", "pin")]
    [InlineData("pw", "token", "key")]
    [InlineData("pin", "token", "secret")]
    [InlineData("://", "token", "secret")]
    public void A_word_is_found_wherever_it_stands_and_only_from_there_on(string word, params string[] others)
    {
        CandidateScan scan = new([word, .. others]);
        for (int length = word.Length; length < 120; length++)
        {
            for (int at = 0; at + word.Length <= length; at++)
            {
                byte[] text = new byte[length];
                text.AsSpan().Fill((byte)'x');
                System.Text.Encoding.ASCII.GetBytes(word.ToUpperInvariant(), text.AsSpan(at));

                Assert.Equal((at, at, -1), (scan.Next(text, 0), scan.Next(text, at), scan.Next(text, at + 1)));
            }
        }
    }

    // A word of three letters says nothing about the fourth byte, whatever that is.
    [Fact]
    public void A_short_word_is_found_before_any_byte()
    {
        CandidateScan scan = new(["pin", "token", "secret"]);
        for (int next = 0; next <= byte.MaxValue; next++)
        {
            byte[] text = [.. System.Text.Encoding.ASCII.GetBytes(new string('x', 70) + "pin"), (byte)next, .. new byte[40]];
            Assert.Equal((70, -1), (scan.Next(text, 0), scan.Next(text, 71)));
        }
    }
}
