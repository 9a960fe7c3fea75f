using CloudObserve.Audit;

namespace CloudObserve.AspNetCore.Tests;

/// <summary>Reads named values as a test needs them.</summary>
internal static class Values
{
    public static string[] Of(AuditData? data) => [.. (data ?? []).Select(v => v.Key)];

    public static void Equal(AuditValue expected, AuditData? data, string name)
    {
        Assert.NotNull(data);
        Assert.True(data.Contains(name), $"There is no {name}, but {string.Join(", ", Of(data))}.");
        Assert.Equal(expected, data[name]);
    }
}
