using System.Text;
using CloudObserve.Cli.Filters;

namespace CloudObserve.Cli.Tests.Filters;

public sealed class EventReaderTests
{
    private const int Longest = 1_048_550;

    [Theory]
    [InlineData("")]
    [InlineData("a", "1:a")]
    [InlineData("a\n", "1:a")]
    [InlineData("a\nb", "1:a", "2:b")]
    [InlineData("a\r\nb\r\n", "1:a", "2:b")]
    [InlineData("a\rb\n", "1:a\rb")]
    [InlineData("\n\na\n\r\nb\n\n", "3:a", "5:b")]
    [InlineData("\uFEFFa\n\uFEFFb", "1:a", "2:\uFEFFb")]
    public async Task Lines_are_events_however_they_come(string text, params string[] expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(expected, await Read(new MemoryStream(bytes)));
        for (int atOnce = 1; atOnce <= 7; atOnce++)
        {
            Assert.Equal(expected, await Read(new Trickle(bytes, atOnce)));
        }
    }

    [Theory]
    [InlineData(Longest, "\n", true)]
    [InlineData(Longest, "\r\n", true)]
    [InlineData(Longest, "", true)]
    [InlineData(Longest + 1, "\n", false)]
    [InlineData(Longest + 1, "\r\n", false)]
    [InlineData(Longest + 1, "", false)]
    [InlineData(Longest + 2, "\n", false)]
    [InlineData(2 * Longest, "\n", false)]
    [InlineData(3 * Longest, "", false)]
    public async Task The_longest_event_is_one_and_a_byte_more_is_none(int length, string end, bool isEvent)
    {
        string line = new('x', length);
        string[] expected = [.. isEvent ? [$"2:{line}"] : Array.Empty<string>(), .. end.Length > 0 ? ["3:b"] : Array.Empty<string>()];
        byte[] bytes = Encoding.UTF8.GetBytes($"\n{line}{end}{(end.Length > 0 ? "b" : "")}");

        Assert.Equal(expected, await Read(new MemoryStream(bytes)));
        Assert.Equal(expected, await Read(new Trickle(bytes, 4099)));
    }

    [Fact]
    public async Task Lines_of_all_lengths_come_through_at_the_edges_of_blocks()
    {
        Random random = new(7);
        string[] lines = [.. Enumerable.Range(0, 60).Select(_ => new string((char)random.Next('a', 'z'), random.Next(1, 300_000)))];
        byte[] bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines));

        Assert.Equal(lines.Select((line, i) => $"{i + 1}:{line}"), await Read(new MemoryStream(bytes)));
        Assert.Equal(lines.Select((line, i) => $"{i + 1}:{line}"), await Read(new Trickle(bytes, 65_537)));
    }

    [Fact]
    public async Task Reading_ends_when_it_is_told_to_although_the_input_gives_nothing()
    {
        using CancellationTokenSource stop = new();
        using System.IO.Pipes.AnonymousPipeServerStream silent = new(System.IO.Pipes.PipeDirection.Out);
        using System.IO.Pipes.AnonymousPipeClientStream input = new(System.IO.Pipes.PipeDirection.In, silent.ClientSafePipeHandle);
        EventReader reader = new();
        reader.Open(input);

        Task<bool> reading = reader.ReadAsync(stop.Token).AsTask();
        Assert.False(reading.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    // As the search sees it: numbers of lines, no empty ones, none that is too long.
    private static async Task<string[]> Read(Stream stream)
    {
        EventReader reader = new();
        reader.Open(stream);
        List<string> events = [];
        int number = 0;
        while (await reader.ReadAsync(CancellationToken.None))
        {
            number += reader.DroppedLine ? 1 : 0;
            foreach (ReadOnlySpan<byte> line in new Lines(reader.Block))
            {
                number++;
                if (line.Length is > 0 and <= Longest)
                {
                    events.Add($"{number}:{Encoding.UTF8.GetString(line)}");
                }
            }
        }

        return [.. events];
    }
}
