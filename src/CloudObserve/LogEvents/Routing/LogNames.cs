using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace CloudObserve.LogEvents.Routing;

/// <summary>Applies CloudWatch's rules for the names of groups and streams.</summary>
/// <remarks>
/// Text that the user wrote must be valid; a fault in it is reported. Values from other sources are made valid: each character that is not
/// allowed becomes a dash. A name that is too long is truncated and ends with a dash and eight hexadecimal digits of its SHA-256 hash, so
/// that different names stay different.
/// </remarks>
internal static class LogNames
{
    /// <summary>The largest number of characters in the name of a group or stream.</summary>
    internal const int MaxLength = 512;

    private const char Substitute = '-';
    private const int HashDigits = 8;
    private const string ReservedPrefix = "aws/";

    private static readonly SearchValues<char> GroupCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_/#");

    /// <summary>Finds the first character that is not allowed in a name.</summary>
    /// <returns>The index of the character, or -1.</returns>
    internal static int IndexOfIllegal(ReadOnlySpan<char> text, NameKind kind)
    {
        if (kind == NameKind.LogGroup)
        {
            return text.IndexOfAnyExcept(GroupCharacters);
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (!IsLegalInStream(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Replaces the characters of a value that are not allowed in a name.</summary>
    internal static string MakeLegal(string value, NameKind kind) => string.Create(value.Length, (value, kind), static (name, source) =>
    {
        source.value.CopyTo(name);
        for (int i = IndexOfIllegal(name, source.kind); i >= 0; i = IndexOfIllegal(name, source.kind))
        {
            name[i] = Substitute;
        }
    });

    /// <summary>Makes a name that consists of valid parts valid as a whole.</summary>
    internal static string Complete(string name, NameKind kind)
    {
        if (kind == NameKind.LogGroup && name.StartsWith(ReservedPrefix, StringComparison.Ordinal))
        {
            name = string.Concat("aws", [Substitute], name.AsSpan(ReservedPrefix.Length));
        }

        if (name.Length <= MaxLength)
        {
            return name;
        }

        int kept = MaxLength - HashDigits - 1;
        if (char.IsHighSurrogate(name[kept - 1]))
        {
            kept--;
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashDigits];
        return string.Concat(name.AsSpan(0, kept), [Substitute], hash);
    }

    // The service allows control characters, but nobody could type them to find the stream again.
    private static bool IsLegalInStream(char value) => value is not (':' or '*') && !char.IsControl(value);
}
