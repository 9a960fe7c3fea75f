using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Functions;

/// <summary>Contains the functions of IP addresses.</summary>
internal static class AddressFunctions
{
    // RFC 1918 and 6598, loopback, link-local, unique local.
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("::1/128"),
    ];

    internal static IEnumerable<ScalarFunction> All =>
    [
        ScalarFunction.OfText("isValidIp", static text => LogValue.From(Parse(text) is not null)),
        ScalarFunction.OfText("isValidIpV4", static text => LogValue.From(Parse(text, AddressFamily.InterNetwork) is not null)),
        ScalarFunction.OfText("isValidIpV6", static text => LogValue.From(Parse(text, AddressFamily.InterNetworkV6) is not null)),
        ScalarFunction.OfTexts("isIpInSubnet", static (text, subnet) => InSubnet(Parse(text), subnet)),
        ScalarFunction.OfTexts("isIpv4InSubnet", static (text, subnet) => InSubnet(Parse(text, AddressFamily.InterNetwork), subnet)),
        ScalarFunction.OfTexts("isIpv6InSubnet", static (text, subnet) => InSubnet(Parse(text, AddressFamily.InterNetworkV6), subnet)),
        ScalarFunction.OfText("ipv4ToNumber", ToNumber),
        ScalarFunction.OfText("isPrivateIP", static text => IsPrivate(text) is { } isPrivate ? LogValue.From(isPrivate) : LogValue.Missing),
        ScalarFunction.OfText("isPublicIP", static text => IsPrivate(text) is { } isPrivate ? LogValue.From(!isPrivate) : LogValue.Missing),
    ];

    private static bool? IsPrivate(string text) => Parse(text) is { } address ? Private.Any(network => network.Contains(address)) : null;

    // .NET also reads addresses of fewer than four numbers, in octal and hexadecimal notation, and with a scope.
    private static IPAddress? Parse(string text, AddressFamily family = AddressFamily.Unspecified)
    {
        bool isPlain = text.Contains(':', StringComparison.Ordinal)
            ? !text.AsSpan().ContainsAny('%', '[')
            : text.Split('.') is { Length: 4 } parts
                && parts.All(static p => p.Length is > 0 and <= 3 && p.All(char.IsAsciiDigit) && (p.Length == 1 || p[0] != '0'));
        return isPlain && IPAddress.TryParse(text, out IPAddress? address)
            && (family == AddressFamily.Unspecified || address.AddressFamily == family)
            ? address
            : null;
    }

    // The bits of the subnet behind its prefix may be set.
    private static LogValue InSubnet(IPAddress? address, string subnet)
    {
        string[] parts = subnet.Split('/');
        if (parts.Length != 2 || Parse(parts[0]) is not { } network
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            || length > network.GetAddressBytes().Length * 8)
        {
            return LogValue.Missing;
        }

        return LogValue.From(address is not null && address.AddressFamily == network.AddressFamily
            && HasPrefix(address.GetAddressBytes(), network.GetAddressBytes(), length));
    }

    private static bool HasPrefix(byte[] address, byte[] network, int length)
    {
        for (int bit = 0; bit < length; bit++)
        {
            int mask = 0x80 >> (bit % 8);
            if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static LogValue ToNumber(string text) => Parse(text, AddressFamily.InterNetwork)?.GetAddressBytes() is { } bytes
        ? LogValue.From((bytes[0] * 16_777_216.0) + (bytes[1] << 16) + (bytes[2] << 8) + bytes[3])
        : LogValue.Missing;
}
