using System.Text;
using System.Text.Json;
using CloudObserve.Filters.Patterns;
using CloudObserve.Filters.Patterns.Json;
using CloudObserve.Tests.Filters.Reference;

namespace CloudObserve.Tests.Filters.Patterns;

public sealed class JsonScannerTests
{
    private const string Alphabet = "{}[]:,\"\\ truefalsn0123456789.-+eEu\n/x";

    [Fact]
    public void It_takes_for_JSON_what_the_frameworks_reader_takes()
    {
        int valid = 0;
        Generated.ForAllSeeds(20000, random =>
        {
            string text = random.Chance(3)
                ? random.Join(1, 6, () => $"{Alphabet[random.Next(Alphabet.Length)]}") : new EventGenerator(random).Json();
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            bool expected = IsJson(utf8);
            valid += expected ? 1 : 0;
            Assert.True(expected == Skips(utf8), $"{expected} was expected of {text}");
        });
        Assert.InRange(valid, 2000, 18000);
    }

    [Theory]
    [InlineData("[\"\\u12\"]")]
    [InlineData("[\"\\")]
    [InlineData("[\"\\x\"]")]
    [InlineData("[\"\u0001\"]")]
    [InlineData("[01]")]
    [InlineData("[1.]")]
    [InlineData("[-]")]
    [InlineData("[1e]")]
    [InlineData("[nul]")]
    [InlineData("[1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1] 2")]
    [InlineData("")]
    public void Faults_are_seen(string text) => Assert.False(Skips(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Nesting_is_read_to_its_limit_and_no_deeper()
    {
        static byte[] Nested(int depth) => Encoding.ASCII.GetBytes(new string('[', depth) + new string(']', depth));

        Assert.True(Skips(Nested(FilterPatternLimits.MaxJsonDepth)));
        Assert.False(Skips(Nested(FilterPatternLimits.MaxJsonDepth + 1)));
        Assert.False(Skips(Encoding.ASCII.GetBytes(new string('[', 1_000_000))));
    }

    [Theory]
    [InlineData("""a\"\\\/\b\f\n\r\tz""", "a\"\\/\b\f\n\r\tz")]
    [InlineData("""\u00e9\uD83D\uDE00\u0041""", "é😀A")]
    [InlineData("""\ud83dx""", "\uFFFDx")]
    [InlineData("""\ud83d\u0041""", "\uFFFDA")]
    [InlineData("""\ude00""", "\uFFFD")]
    public void Escapes_are_undone(string escaped, string expected)
    {
        byte[] raw = Encoding.UTF8.GetBytes(escaped);
        byte[] text = new byte[raw.Length];

        int length = JsonText.Unescape(raw, text);

        Assert.Equal(expected, Encoding.UTF8.GetString(text, 0, length));
    }

    private static bool Skips(byte[] utf8)
    {
        JsonScanner scanner = new(utf8);
        return scanner.TrySkip() && scanner.IsAtEnd();
    }

    private static bool IsJson(byte[] utf8)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
