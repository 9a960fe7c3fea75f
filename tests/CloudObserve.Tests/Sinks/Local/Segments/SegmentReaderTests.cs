using System.Text;
using CloudObserve.Pipeline.Storage;
using CloudObserve.Sinks.Local;
using CloudObserve.Sinks.Local.Segments;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Tests.Sinks.Local.Segments;

/// <summary>The reader of segments on whatever bytes there are.</summary>
public sealed class SegmentReaderTests : SegmentTestBase
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Records_come_back_as_they_were()
    {
        Guid id = Guid.NewGuid();
        byte[] large = new byte[5 * 1024 * 1024];
        new Random(1).NextBytes(large);
        byte[] file = [.. Signature, .. Record("a"), .. Record("", "PutMetricData", id, 3, 4), .. Record(large), .. Record("b")];

        (List<string> bodies, SegmentEnd end, long position) = Read(file);

        Assert.Equal(4, bodies.Count);
        Assert.Equal(("a", "", "b"), (bodies[0], bodies[1], bodies[3]));
        Assert.Equal(Encoding.Latin1.GetString(large), bodies[2]);
        Assert.Equal((SegmentEnd.Whole, file.Length), (end, position));
    }

    [Fact]
    public void A_segment_that_ends_anywhere_has_the_records_before()
    {
        byte[][] records = [Record("one"), Record("two"), Record("three")];
        byte[] file = [.. Signature, .. records.SelectMany(r => r)];
        int[] ends = [Signature.Length, Signature.Length + records[0].Length, Signature.Length + records[0].Length
            + records[1].Length, file.Length];
        for (int length = 0; length <= file.Length; length++)
        {
            (List<string> bodies, SegmentEnd end, long position) = Read(file[..length]);

            int whole = ends.Count(e => e <= length) - 1;
            Assert.Equal(Math.Max(0, whole), bodies.Count);
            Assert.Equal(whole < 0 ? 0 : ends[whole], position);
            Assert.Equal(ends.Contains(length) ? SegmentEnd.Whole : SegmentEnd.Torn, end);

            // A file system may know the length of what it has not written.
            (bodies, end, position) = Read([.. file[..(whole < 0 ? 0 : ends[whole])], .. new byte[100]]);
            Assert.Equal((Math.Max(0, whole), SegmentEnd.Torn, whole < 0 ? 0 : ends[whole]), (bodies.Count, end, position));
        }
    }

    [Fact]
    public void Any_changed_byte_ends_the_segment_before_its_record()
    {
        byte[] first = Record("one");
        byte[] file = [.. Signature, .. first, .. Record("two"), .. Record("three")];
        for (int i = 0; i < file.Length; i++)
        {
            foreach (byte change in new byte[] { 1, 0x80, 0xff })
            {
                byte[] changed = [.. file];
                changed[i] ^= change;

                (List<string> bodies, SegmentEnd end, long position) = Read(changed);

                int whole = i < Signature.Length ? 0 : i < Signature.Length + first.Length ? 0 : i < Signature.Length + (2 * first.Length)
                    ? 1 : 2;
                Assert.Equal((whole, SegmentEnd.Damaged), (bodies.Count, end));
                Assert.Equal(i < Signature.Length ? 0 : Signature.Length + (whole * first.Length), position);
            }
        }
    }

    [Fact]
    public void Random_bytes_never_throw_and_never_give_a_record()
    {
        Random random = new(7);
        for (int round = 0; round < 3_000; round++)
        {
            byte[] bytes = new byte[random.Next(0, 400)];
            random.NextBytes(bytes);
            byte[] file = round % 2 == 0 ? bytes : [.. Signature, .. bytes];

            Assert.Empty(Read(file).Bodies);
        }
    }

    [Fact]
    public void Mutated_segments_give_a_beginning_of_their_records()
    {
        Random random = new(11);
        for (int round = 0; round < 3_000; round++)
        {
            string[] wanted = [.. Enumerable.Range(0, random.Next(0, 6)).Select(i => $"{i}{new string('x', random.Next(0, 200))}")];
            List<byte> file = [.. Signature, .. wanted.SelectMany(w => Record(w))];
            for (int change = random.Next(1, 4); change > 0 && file.Count > 0; change--)
            {
                int at = random.Next(file.Count);
                switch (random.Next(4))
                {
                    case 0:
                        file[at] ^= (byte)random.Next(1, 256);
                        break;
                    case 1:
                        file.RemoveRange(at, random.Next(1, file.Count - at + 1));
                        break;
                    case 2:
                        file.InsertRange(at, new byte[random.Next(1, 50)]);
                        break;
                    default:
                        file.InsertRange(at, file.GetRange(at, Math.Min(30, file.Count - at)));
                        break;
                }
            }

            List<string> bodies = Read([.. file]).Bodies;

            // A record that was doubled or moved as a whole is a record all the same; none is made up.
            Assert.All(bodies, b => Assert.Contains(b, wanted));
        }
    }

    private static byte[] Signature => SegmentFormat.Signature.ToArray();

    private static byte[] Record(string body, string operation = "PutLogEvents", Guid id = default, int first = 0, int count = 1) =>
        Record(Encoding.Latin1.GetBytes(body), operation, id, first, count);

    private static byte[] Record(byte[] body, string operation = "PutLogEvents", Guid id = default, int first = 0, int count = 1)
    {
        byte[] record = new byte[SegmentFormat.LengthOf(operation, body.Length)];
        SegmentFormat.Write(
            record, new KeptRecord(operation, new Arrival(Time, Time.AddDays(-1)), new CopiedItems(id, first, count), body));
        SegmentFormat.Seal(record);
        return record;
    }

    private (List<string> Bodies, SegmentEnd End, long Position) Read(byte[] content)
    {
        Directory.CreateDirectory(Path);
        string path = PathOf("file");
        File.WriteAllBytes(path, content);
        using SafeFileHandle file = PrivateFiles.OpenRead(path);
        using SegmentReader reader = new(file, content.Length);
        List<string> bodies = [];
        while (reader.TryRead(out KeptRecord record))
        {
            Assert.Equal((Time, Time.AddDays(-1)), (record.Arrival.Time, record.Arrival.RetentionTime));
            bodies.Add(Encoding.Latin1.GetString(record.Body));
        }

        Assert.False(reader.TryRead(out _));
        return (bodies, reader.End!.Value, reader.Position);
    }
}
