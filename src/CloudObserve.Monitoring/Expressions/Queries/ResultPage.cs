using System.Globalization;
using System.Text;
using CloudObserve.Local;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Makes pages of results.</summary>
/// <remarks>
/// CloudWatch: only metrics have pages. The results of expressions are whole on the first page, and have no values on later ones.
/// </remarks>
internal sealed class ResultPage
{
    private readonly GetMetricDataRequest _request;
    private readonly (int Result, long? Time) _from;
    private readonly List<MetricDataResult> _results = [];
    private int _room;
    private (int Result, long? Time)? _next;

    internal ResultPage(GetMetricDataRequest request)
    {
        _request = request;
        _from = request.NextToken is { } token ? Read(token) : (0, null);
        _room = request.MaxDatapoints;
    }

    private bool IsFirst => _request.NextToken is null;

    /// <summary>Adds a result to the page, with those of its values that belong there.</summary>
    internal void Add(MetricDataResult result, bool isMetric)
    {
        if (!isMetric)
        {
            _results.Add(IsFirst ? Ordered(result) : Emptied(result));
            return;
        }

        int index = _results.Count;
        MetricDataResult rest = index < _from.Result || _next is not null ? Emptied(result) : After(Ordered(result), index);
        int count = Math.Min(_room, rest.Values.Count);
        if (_next is null && count < rest.Values.Count)
        {
            _next = (index, count == 0 ? (index == _from.Result ? _from.Time : null) : rest.Timestamps[count - 1].ToUnixTimeSeconds());
        }

        _room -= count;
        bool isPartial = _next is not null && result.Values.Count > 0 && result.StatusCode == MetricDataStatusCode.Complete;
        _results.Add(rest with
        {
            Timestamps = [.. rest.Timestamps.Take(count)],
            Values = [.. rest.Values.Take(count)],
            StatusCode = isPartial ? MetricDataStatusCode.PartialData : result.StatusCode,
        });
    }

    /// <summary>Returns the page.</summary>
    internal GetMetricDataResponse ToResponse() => new(_results, _next is { } next
        ? Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"m:{next.Result}:{next.Time}")))
        : null);

    private static MetricDataResult Emptied(MetricDataResult result) => result with { Timestamps = [], Values = [] };

    private MetricDataResult Ordered(MetricDataResult result) => _request.ScanBy == ScanBy.TimestampAscending
        ? result
        : result with { Timestamps = [.. result.Timestamps.Reverse()], Values = [.. result.Values.Reverse()] };

    private MetricDataResult After(MetricDataResult result, int index)
    {
        if (index != _from.Result || _from.Time is not { } time)
        {
            return result;
        }

        bool ascends = _request.ScanBy == ScanBy.TimestampAscending;
        int skip = result.Timestamps.TakeWhile(at => ascends ? at.ToUnixTimeSeconds() <= time : at.ToUnixTimeSeconds() >= time).Count();
        return result with { Timestamps = [.. result.Timestamps.Skip(skip)], Values = [.. result.Values.Skip(skip)] };
    }

    private static (int Result, long? Time) Read(string token)
    {
        byte[] bytes = new byte[token.Length];
        bool isBase64 = Convert.TryFromBase64String(token, bytes, out int length);
        string[] parts = isBase64 ? Encoding.UTF8.GetString(bytes, 0, length).Split(':') : [];
        return parts is ["m", var result, var time]
            && int.TryParse(result, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && (time.Length == 0 || long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? (index, time.Length == 0 ? null : long.Parse(time, CultureInfo.InvariantCulture))
            : throw QueryFaults.InvalidToken();
    }
}
