namespace FunctionApp.Tests.Guarantees.Soak.Faults;

/// <summary>How many calls of all processes together went which way.</summary>
internal sealed class FaultCounts
{
    private static readonly int Kinds = Enum.GetValues<Fault>().Length;

    private readonly long[] counts = new long[Enum.GetValues<FaultSite>().Length * Kinds];

    /// <param name="folder">Where every process has its file.</param>
    public static FaultCounts Read(string folder)
    {
        var read = new FaultCounts();
        foreach (var code in Directory.EnumerateFiles(folder).SelectMany(ReadShared))
            read.counts[code]++;
        return read;
    }

    public static byte Code(FaultSite site, Fault fault) => (byte)((int)site * Kinds + (int)fault);

    public long Of(FaultSite site, Fault fault) => counts[Code(site, fault)];

    public long CallsOf(FaultSite site) => Enum.GetValues<Fault>().Sum(fault => Of(site, fault));

    // The caller still writes into its own.
    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
