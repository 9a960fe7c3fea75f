using System.Buffers.Text;
using System.Text;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Writes and reads the tokens that pages are asked for with. They hold all there is to know, so nothing is kept between pages.</summary>
internal static class PageToken
{
    internal static string Write(string content) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content));

    /// <summary>Reads a token into its parts, or into another number of them when it is not a token of ours.</summary>
    internal static string[] TryRead(ReadOnlySpan<char> token, int parts) =>
        Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(':', parts) : [];
}
