using Microsoft.Extensions.Configuration;

namespace FunctionApp.Configuration;

/// <summary>How many jobs this process runs at once, and which setting says so. The setting that the Functions host reads too, so that both agree.</summary>
/// <param name="Jobs">The number.</param>
/// <param name="Source">Where it was found, for people.</param>
internal sealed record EffectiveConcurrency(int Jobs, string Source)
{
    // The queue trigger's own default.
    private const int DefaultBatchSize = 16;
    private const string BatchSize = "extensions:queues:batchSize";

    public static EffectiveConcurrency Read(IConfiguration configuration, string contentRoot)
    {
        if (Number(configuration, "Lovage:Concurrency") is { } own)
            return new(own, "Lovage:Concurrency");
        if (Number(configuration, $"AzureFunctionsJobHost:{BatchSize}") is { } overridden)
            return new(overridden, $"AzureFunctionsJobHost__{BatchSize.Replace(":", "__", StringComparison.Ordinal)}");
        var hostJson = new ConfigurationBuilder().AddJsonFile(Path.Combine(contentRoot, "host.json"), optional: true).Build();
        return Number(hostJson, BatchSize) is { } shared
            ? new(shared, $"host.json {BatchSize.Replace(':', '.')}")
            : new(DefaultBatchSize, "the queue trigger's default");
    }

    public override string ToString() => $"{Jobs} {(Jobs == 1 ? "job" : "jobs")} at once: {Source}";

    private static int? Number(IConfiguration configuration, string key) => configuration[key] switch
    {
        null => null,
        var text when int.TryParse(text, out var number) && number > 0 => number,
        var text => throw new SettingException($"{key} is '{text}'; it must be a whole number of jobs, 1 or more."),
    };
}
