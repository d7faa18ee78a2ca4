using System.Net;
using System.Net.Sockets;

namespace FunctionApp.Accounts.Limits;

/// <summary>What counts as one caller: an IPv4 address, or the 64 bits that a network hands out to one customer of IPv6.</summary>
internal static class AddressBlock
{
    private const int NetworkBytes = 8;

    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes)) : address.ToString();
    }
}
