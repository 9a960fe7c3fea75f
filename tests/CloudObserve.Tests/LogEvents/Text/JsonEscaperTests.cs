using System.Buffers;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;
using CloudObserve.LogEvents.Text;
using CloudObserve.LogEvents.Wire;
using CloudObserve.Logs.Formatting;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.LogEvents.Text;

public sealed class JsonEscaperTests
{
    // Much of what must be escaped, and text before and behind it at every distance from a block's edge.
    private static readonly Gen<string> Text =
        Gen.Elements("\"", "\\", "\n", "\t", "\0", "\u001f", "\u007f", "a", "{\"a\":1}", "é", "漢", "😀", "0123456789abcdef")
        .ArrayOf().Select(string.Concat);

    [Fact]
    public void Escaped_text_is_what_System_Text_Json_reads_back()
    {
        Prop.ForAll(Text.ToArbitrary(), text => JsonSerializer.Deserialize<string>($"\"{Escape(Encoding.UTF8.GetBytes(text))}\"") == text)
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_ASCII_character_is_read_back_at_every_place_of_a_block()
    {
        for (int character = 0; character < 128; character++)
        {
            for (int before = 0; before < 40; before++)
            {
                string text = new string('x', before) + (char)character + new string('y', 40 - before);
                Assert.Equal(text, JsonSerializer.Deserialize<string>($"\"{Escape(Encoding.UTF8.GetBytes(text))}\""));
            }
        }
    }

    [Fact]
    public void A_block_is_escaped_alike_on_every_processor()
    {
        byte[] block = new byte[Vector128<byte>.Count];
        Random random = new(7);
        for (int round = 0; round < 10_000; round++)
        {
            foreach (ref byte place in block.AsSpan())
            {
                place = "\"\\ax \n"u8[random.Next(round % 2 == 0 ? 5 : 6)];
            }

            byte[] target = new byte[block.Length * 7];
            int written = JsonEscaper.EscapeByShuffling(block, target);
            Assert.Equal(Escape(block), Encoding.UTF8.GetString(target, 0, written));
        }
    }

    [Fact]
    public void A_text_longer_than_a_chunk_is_escaped_whole()
    {
        string text = string.Concat(Enumerable.Repeat("\u0001\"漢x", 3_000));
        Assert.Equal(text, JsonSerializer.Deserialize<string>($"\"{Escape(Encoding.UTF8.GetBytes(text))}\""));
    }

    [Fact]
    public void Invalid_UTF8_is_repaired_as_every_decoder_does()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            ArrayBufferWriter<byte> repaired = new();
            Utf8Repair.Write(bytes, repaired);
            return Encoding.UTF8.GetString(repaired.WrittenSpan) == Encoding.UTF8.GetString(bytes)
                && System.Text.Unicode.Utf8.IsValid(repaired.WrittenSpan);
        }).QuickCheckThrowOnFailure();
    }

    private static string Escape(byte[] text)
    {
        ArrayBufferWriter<byte> output = new();
        JsonEscaper.Write(text, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
