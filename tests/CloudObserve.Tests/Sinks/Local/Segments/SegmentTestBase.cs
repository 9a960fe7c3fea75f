namespace CloudObserve.Tests.Sinks.Local.Segments;

/// <summary>The directory that tests of segments share over the processes that they simulate.</summary>
public abstract class SegmentTestBase : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cloudobserve-segments").FullName;

    private protected string Path => System.IO.Path.Combine(_root, "local");

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected string[] Files(string pattern = "*.segment") => [.. Directory.GetFiles(Path, pattern).Order(StringComparer.Ordinal)];

    private protected string PathOf(string name) => System.IO.Path.Combine(Path, name);
}
