using System.Globalization;
using System.Text;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Parses IP addresses and blocks of them as EventBridge does.</summary>
/// <remarks>
/// <see cref="System.Net.IPAddress"/> reads other forms: it takes a leading zero for octal, an IPv4 address inside of IPv6, and scopes.
/// </remarks>
internal static class IpAddresses
{
    private const int MaxV4Length = 15;
    private const int V4Bits = 32;
    private const int V6Bits = 128;

    /// <summary>Parses an address.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out AddressRange address)
    {
        address = default;
        if (text.Length < 2 || text[0] is > (byte)'f')
        {
            return false;
        }

        if (TryParseV4(text, out uint v4))
        {
            address = new AddressRange(IsV6: false, v4, v4);
            return true;
        }

        if (text.Contains((byte)':') && TryParseV6(text, out UInt128 v6))
        {
            bool isV4 = v6 >> V4Bits == 0xFFFF;
            v6 = isV4 ? (uint)v6 : v6;
            address = new AddressRange(!isV4, v6, v6);
            return true;
        }

        return false;
    }

    internal static bool TryParse(string text, out AddressRange address) => TryParse(Encoding.UTF8.GetBytes(text), out address);

    /// <summary>Parses an address, a slash and a number of leading bits.</summary>
    /// <returns>The fault in EventBridge's words; <see langword="null"/> if there is none.</returns>
    internal static string? ParseCidr(string text, out AddressRange range)
    {
        range = default;

        // Slashes at the end are not counted, as in Java's split.
        string[] parts = text.TrimEnd('/').Split('/');
        if (parts.Length != 2)
        {
            return "Malformed CIDR, one '/' required";
        }

        if (!int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int bits))
        {
            return "Malformed CIDR, mask bits must be an integer";
        }

        if (bits < 0)
        {
            return "Malformed CIDR, mask bits must not be negative";
        }

        if (!TryParse(parts[0], out AddressRange address))
        {
            return $"Nonstandard IP address: {parts[0]}";
        }

        int all = address.IsV6 ? V6Bits : V4Bits;
        if (bits >= all)
        {
            return address.IsV6 ? "IPv6 mask bits must be < 128" : "IPv4 mask bits must be < 32";
        }

        UInt128 ones = address.IsV6 ? UInt128.MaxValue : uint.MaxValue;
        UInt128 free = bits == 0 ? ones : ones >> bits;
        range = new AddressRange(address.IsV6, address.Low & ~free, address.Low | free);
        return null;
    }

    private static bool TryParseV4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        if (text.Length > MaxV4Length)
        {
            return false;
        }

        uint part = 0;
        int dots = 0;
        bool hasDigit = false;
        foreach (byte c in text)
        {
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                part = (part * 10) + (uint)(c - '0');
                hasDigit = true;
                if (part > byte.MaxValue)
                {
                    return false;
                }
            }
            else if (c == '.' && hasDigit && dots < 3)
            {
                address = (address << 8) | part;
                (part, hasDigit) = (0, false);
                dots++;
            }
            else
            {
                return false;
            }
        }

        address = (address << 8) | part;
        return dots == 3 && hasDigit;
    }

    private static bool TryParseV6(ReadOnlySpan<byte> text, out UInt128 address)
    {
        UInt128 head = 0;
        UInt128 tail = 0;
        address = 0;
        int groups = 0;
        int gap = -1;
        int i = 0;
        if (text[0] == ':')
        {
            if (text[1] != ':')
            {
                return false;
            }

            gap = 0;
            i = 2;
        }

        while (i < text.Length)
        {
            // A group has any number of leading zeros.
            int start = i;
            uint group = 0;
            for (; i < text.Length && text[i] != ':'; i++)
            {
                int digit = HexDigit(text[i]);
                group = (group << 4) | (uint)digit;
                if (digit < 0 || group > ushort.MaxValue)
                {
                    return false;
                }
            }

            if (i > start)
            {
                (head, tail) = gap < 0 ? ((head << 16) | group, tail) : (head, (tail << 16) | group);
                groups++;
                if (groups > 8 || i == text.Length - 1)
                {
                    return false;
                }
            }
            else if (gap >= 0)
            {
                return false;
            }
            else
            {
                gap = groups;
            }

            i++;
        }

        return TryJoin(head, tail, groups, gap, out address);
    }

    private static bool TryJoin(UInt128 head, UInt128 tail, int groups, int gap, out UInt128 address)
    {
        address = gap < 0 ? head : gap == 0 ? tail : (head << (16 * (8 - gap))) | tail;
        return gap < 0 ? groups == 8 : groups < 8;
    }

    private static int HexDigit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };
}
