using CloudObserve.Logs.Capture;

namespace CloudObserve.Tests.Logs.Capture;

public sealed class InternTableTests
{
    [Fact]
    public void Equal_texts_share_an_id_whatever_their_reference()
    {
        InternTable table = new(16);
        InternedString first = table.Intern("name")!;

        Assert.Same(first, table.Intern("name"));
        Assert.Same(first, table.Intern(Made("name")));
        Assert.Same(first, table[first.Id]);
    }

    [Fact]
    public void Texts_beyond_the_bound_are_left_to_the_record_and_known_ones_stay()
    {
        InternTable table = new(8);
        string[] known = [.. Enumerable.Range(0, 8).Select(i => $"known{i}")];
        int[] ids = [.. known.Select(k => table.Intern(k)!.Id)];

        Assert.Null(table.Intern("one too many"));
        Assert.Equal(ids, known.Select(k => table.Intern(Made(k))!.Id));
    }

    [Fact]
    public void References_made_anew_each_time_do_not_fill_the_table()
    {
        InternTable table = new(8);
        InternedString name = table.Intern("name")!;
        for (int i = 0; i < 100; i++)
        {
            Assert.Same(name, table.Intern(Made("name")));
        }

        Assert.NotNull(table.Intern("another"));
    }

    [Fact]
    public void A_text_too_long_to_be_a_constant_is_not_kept() => Assert.Null(new InternTable(8).Intern(new string('x', 5000)));

    [Fact]
    public void Threads_that_meet_a_text_at_once_agree_on_its_id()
    {
        InternTable table = new(1024);
        string[] texts = [.. Enumerable.Range(0, 1000).Select(i => $"text{i}")];
        int[][] seen = [new int[1000], new int[1000]];
        int arrived = 0;
        Thread[] threads = [.. seen.Select((ids, t) => new Thread(() =>
        {
            for (int i = 0; i < texts.Length; i++)
            {
                // In step at every text, or they would hardly ever meet at one.
                Interlocked.Increment(ref arrived);
                SpinWait.SpinUntil(() => Volatile.Read(ref arrived) >= 2 * (i + 1));
                ids[i] = table.Intern(t == 0 ? texts[i] : Made(texts[i]))!.Id;
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());

        Assert.All(seen, ids => Assert.Equal(seen[0], ids));
        Assert.Equal(texts, seen[0].Select(id => table[id].Text));
    }

    private static string Made(string text) => new(text.AsSpan());
}
