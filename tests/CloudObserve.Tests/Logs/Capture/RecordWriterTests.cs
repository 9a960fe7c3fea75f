using System.Text;
using CloudObserve.Logs.Capture;

namespace CloudObserve.Tests.Logs.Capture;

public sealed class RecordWriterTests
{
    // Short texts are written another way than long ones, eight characters at a time, and a single character beyond ASCII makes a
    // difference wherever it stands.
    [Theory]
    [InlineData('\u007F')]
    [InlineData('\u0080')]
    [InlineData('\u00FF')]
    [InlineData('\u0100')]
    [InlineData('\u0141')]
    [InlineData('\uFFFD')]
    public void A_text_is_its_UTF8_whatever_its_length_and_wherever_a_character_stands(char odd)
    {
        for (int length = 1; length <= 70; length++)
        {
            for (int at = 0; at < length; at++)
            {
                char[] text = [.. Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26)))];
                text[at] = odd;

                Assert.Equal(new string(text), Written(new string(text)));
            }
        }
    }

    [Fact]
    public void A_short_text_at_the_end_of_the_room_is_cut_between_characters_and_marked()
    {
        RecordWriter writer = new();
        writer.Begin(new InternTable(), 80);
        writer.WriteText("0123456789");
        writer.WriteText("0123456789012345\u20AC\u20AC\u20AC\u20AC");

        Assert.True(writer.Header.Truncated);
        Assert.InRange(writer.Position, 1, 80 + sizeof(int));
    }

    private static string Written(string text)
    {
        RecordWriter writer = new();
        writer.Begin(new InternTable(), 1024);
        int position = writer.Position;
        writer.WriteText(text);
        return Encoding.UTF8.GetString(LogRecordReader.ReadText(writer.Finish(), ref position));
    }
}
