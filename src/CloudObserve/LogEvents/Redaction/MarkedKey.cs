using System.Buffers;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Recognizes the keys of Azure, which contain a fixed mark.</summary>
internal static class MarkedKey
{
    // A client secret: three characters, the mark, and 31 to 34 more characters.
    private const int ClientSecretBefore = 3;
    private const int ClientSecretMin = 37;
    private const int ClientSecretMax = 48;

    // A key of 84 letters and digits that contains the mark at a position chosen by the service.
    private const int KeyMin = 70;
    private const int KeyMax = 128;

    private static readonly SearchValues<byte> ClientSecret =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~.-"u8);
    private static readonly SearchValues<byte> Key =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);

    /// <summary>Gets the marks.</summary>
    internal static IReadOnlyCollection<string> Marks { get; } = ["7Q~", "8Q~", "JQQJ99", "AZDO"];

    /// <summary>Checks whether the mark at a position belongs to such a key.</summary>
    internal static Finding At(in EventText text, int at)
    {
        ReadOnlySpan<byte> bytes = text.Bytes[at..];
        if (bytes.StartsWith("7Q~"u8) || bytes.StartsWith("8Q~"u8))
        {
            int start = Start(text, at, ClientSecret, ClientSecretBefore);
            ReadOnlySpan<byte> near = text.Bytes[start..Math.Min(text.Length, start + ClientSecretMax + 1)];
            int run = near.IndexOfAnyExcept(ClientSecret);
            int length = at - start < ClientSecretBefore ? 0 : run < 0 ? near.Length : run;
            return length is >= ClientSecretMin and <= ClientSecretMax
                ? new Finding(start, start + length, FindingKinds.AzureSecret) : default;
        }

        return bytes.StartsWith("JQQJ99"u8) || bytes.StartsWith("AZDO"u8) ? Around(text, at) : default;
    }

    private static int Start(in EventText text, int at, SearchValues<byte> characters, int max)
    {
        int start = at;
        while (start > 0 && at - start < max && characters.Contains(text[start - 1]) && !text.EndsEscapeOfAnyDepth(start))
        {
            start--;
        }

        return start;
    }

    private static Finding Around(in EventText text, int at)
    {
        int start = Start(text, at, Key, KeyMax);
        ReadOnlySpan<byte> near = text.Bytes[..Math.Min(text.Length, start + KeyMax)];
        int length = near[start..].IndexOfAnyExcept(Key);
        int end = length < 0 ? near.Length : start + length;
        return end - start is >= KeyMin and < KeyMax ? new Finding(start, end, FindingKinds.AzureSecret) : default;
    }
}
