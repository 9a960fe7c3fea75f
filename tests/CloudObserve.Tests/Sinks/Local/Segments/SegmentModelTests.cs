using CloudObserve.Local;
using CloudObserve.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Sinks.Local.Segments;

/// <summary>
/// Any sequence of batches, restarts, torn tails and changed bytes: what comes back is the undamaged beginning of each segment.
/// </summary>
public sealed class SegmentModelTests
{
    private const int SignatureLength = 8;

    // So large that no segment has to make room.
    private const long MaxDiskBytes = 4 * LocalOptions.MinDiskBytes;

    [Fact]
    public void What_comes_back_is_the_undamaged_beginning_of_each_segment()
    {
        Gen<(int Kind, int A, int B)> steps =
            from kind in Gen.Frequency((6, Gen.Constant(0)), (3, Gen.Constant(1)), (2, Gen.Constant(2)), (2, Gen.Constant(3)))
            from a in Gen.Choose(0, 1_000_000)
            from b in Gen.Choose(1, 255)
            select (kind, a, b);
        Prop.ForAll(steps.NonEmptyListOf().ToArbitrary(), sequence => Run([.. sequence])).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static bool Run((int Kind, int A, int B)[] steps)
    {
        string root = Directory.CreateTempSubdirectory("cloudobserve-segments").FullName;
        string path = System.IO.Path.Combine(root, "local");
        try
        {
            Model model = new(path);
            ManualTimeProvider clock = new(LocalCloudWatch.Noon);
            KeptCloudWatch process = new(path, clock, MaxDiskBytes);
            int number = 0;
            foreach ((int kind, int a, int b) in steps)
            {
                if (kind == 0)
                {
                    for (int i = 0; i <= a % 4; i++)
                    {
                        // Some are so large that a segment has few of them.
                        string message = $"{number++:D6}{new string('x', a % 7 == 0 ? 900_000 : a % 900)}";
                        _ = process.Log(message);
                        clock.Advance(TimeSpan.FromMilliseconds(1));
                        Close(process.Kept.FlushAsync(CancellationToken.None));
                        model.Written(message);
                    }

                    continue;
                }

                Close(process.CloseAsync());
                model.Damage(kind, a, (byte)b);
                process = new KeptCloudWatch(path, clock, MaxDiskBytes);
                Assert.Equal(model.Expected(), process.Messages);
                model.Repaired();
            }

            Close(process.CloseAsync());
            return true;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Close(Task task) => task.GetAwaiter().GetResult();

    /// <summary>The records of each file, found without the code under test: from how the lengths of the files grow.</summary>
    private sealed class Model(string path)
    {
        private readonly SortedDictionary<string, List<(long End, string Message)>> _files = new(StringComparer.Ordinal);

        internal void Written(string message)
        {
            string newest = Directory.GetFiles(path, "*.segment").Max(StringComparer.Ordinal)!;
            if (!_files.TryGetValue(newest, out List<(long End, string Message)>? records))
            {
                _files[newest] = records = [];
            }

            records.Add((new FileInfo(newest).Length, message));
        }

        internal void Damage(int kind, int a, byte b)
        {
            if (kind == 1 || _files.Count == 0)
            {
                return;
            }

            string file = _files.Keys.ElementAt(a % _files.Count);
            byte[] content = File.ReadAllBytes(file);
            long at = a % content.Length;
            if (kind == 2)
            {
                File.WriteAllBytes(file, content[..(int)at]);
            }
            else
            {
                content[at] ^= b;
                File.WriteAllBytes(file, content);
            }

            // The record in which the byte lies is gone, and those after it.
            List<(long End, string Message)> records = _files[file];
            _ = at < SignatureLength ? records.RemoveAll(_ => true) : records.RemoveAll(r => r.End > at);
        }

        internal List<string> Expected() => [.. _files.Values.SelectMany(r => r).Select(r => r.Message)];

        internal void Repaired()
        {
            foreach (string gone in _files.Where(f => f.Value.Count == 0).Select(f => f.Key).ToArray())
            {
                _ = _files.Remove(gone);
            }

            Assert.Equal(_files.Keys, Directory.GetFiles(path, "*.segment").Order(StringComparer.Ordinal));
            Assert.All(_files, f => Assert.Equal(f.Value[^1].End, new FileInfo(f.Key).Length));
        }
    }
}
