using EmbeddedHost.Configuration;

namespace EmbeddedHost.Hosting;

/// <summary>The bounds of <see cref="EmbeddedHostOptions"/>.</summary>
internal static class OptionChecks
{
    // A queue message can be hidden for seven days at most, and only for whole seconds.
    private static readonly (TimeSpan Min, TimeSpan Max) Lease = (TimeSpan.FromSeconds(2), TimeSpan.FromDays(7));

    public static void Check(EmbeddedHostOptions options, Problems problems)
    {
        if (ListenAddress.TryParse(options.Address) is null)
            problems.Add($"Address is '{options.Address}'; it takes {ListenAddress.Localhost} or an IP address, such as 0.0.0.0 for every IPv4 address of this machine.");
        if (options.Port is < 0 or > ushort.MaxValue)
            problems.Add($"Port is {options.Port}; it takes 0 (any free port) to {ushort.MaxValue}.");
        if (options.MessageLease < Lease.Min || options.MessageLease > Lease.Max)
            problems.Add($"MessageLease is {options.MessageLease}; it takes {Lease.Min} to {Lease.Max}.");
        if (options.DrainTimeout < TimeSpan.Zero)
            problems.Add($"DrainTimeout is {options.DrainTimeout}; it takes a time of zero or more.");
        if (options.CancelTimeout < TimeSpan.Zero)
            problems.Add($"CancelTimeout is {options.CancelTimeout}; it takes a time of zero or more.");
    }
}
