using LocalServers;

namespace Benchmarks.Servers;

/// <summary>An address for an Azurite of the benchmark's own.</summary>
internal sealed record StorageAddress(string ConnectionString, Uri QueueEndpoint)
{
    // The emulator's account key is the same everywhere and published with it: it protects nothing.
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string Account = "devstoreaccount1";

    public static StorageAddress New()
    {
        var endpoints = Enumerable.Range(0, 3).Select(_ => $"http://127.0.0.1:{LocalPort.Free()}/{Account}").ToArray();
        return new(
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};BlobEndpoint={endpoints[0]};QueueEndpoint={endpoints[1]};TableEndpoint={endpoints[2]}",
            new Uri(endpoints[1]));
    }
}
