using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using CloudObserve.Filters;

namespace CloudObserve.Benchmarks.Filters;

/// <summary>Measures the evaluation of many filters on one event by their number.</summary>
public class FilterGrowth
{
    private readonly byte[] _line = Utf8(
        "2026-11-20T09:10:11.125Z ERROR [thread_7] com.example.orders.CheckoutService - request 4ab7d1f6 for customer 17 finished in 812 "
            + "ms with status 500");
    private readonly byte[] _access = Utf8("10.0.1.2 - frank [10/Oct/2000:13:25:15 -0700] \"GET /page7.html HTTP/1.0\" 500 20480");
    private readonly byte[] _json = Utf8(
        """{"time":"2026-11-20T09:10:11.125Z","level":"ERROR","category":"Shop.Part7","message":"Order placed for customer 17","latency":812}""");
    private readonly FilterCapture[] _captures = new FilterCapture[256];
    private readonly ulong[] _matches = new ulong[4];
    private FilterPatternSet _terms = null!;
    private FilterPatternSet _fields = null!;
    private FilterPatternSet _selectors = null!;

    /// <summary>Gets or sets the number of filters.</summary>
    [Params(1, 10, 50, 200)]
    public int Filters { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _terms = Make(i => $"failure{i} ERROR");
        _fields = Make(i => $"[ip, id, user, time, request = *page{i}.html*, status = 5*, size > {i}]");
        _selectors = Make(i => $"{{ $.level = \"ERROR\" && $.category = \"Shop.Part{i}*\" && $.latency > {i} }}");
    }

    [Benchmark]
    public bool Terms() => Match(_terms, _line);

    [Benchmark]
    public bool Fields() => Match(_fields, _access);

    [Benchmark]
    public bool Selectors() => Match(_selectors, _json);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private FilterPatternSet Make(Func<int, FormattableString> pattern) =>
        new([.. Enumerable.Range(0, Filters).Select(i => FilterPattern.Parse(pattern(i).ToString(CultureInfo.InvariantCulture)).Select())]);

    private bool Match(FilterPatternSet set, byte[] utf8)
    {
        Array.Clear(_matches);
        return set.Match(utf8, _matches, _captures);
    }
}
