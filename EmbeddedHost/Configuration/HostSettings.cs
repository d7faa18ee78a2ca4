namespace EmbeddedHost.Configuration;

/// <summary>What this host uses of host.json and its overrides.</summary>
/// <param name="RoutePrefix">What stands before every route; may be empty.</param>
/// <param name="Queues">How queue functions are run.</param>
/// <param name="FunctionTimeout">When an invocation's token fires by itself; null for never.</param>
internal sealed record HostSettings(string RoutePrefix, QueueSettings Queues, TimeSpan? FunctionTimeout)
{
    // The stock host's limit for a message that stays hidden.
    private static readonly TimeSpan LongestVisibilityTimeout = TimeSpan.FromDays(7);

    public static HostSettings Read(HostJsonReader reader)
    {
        var batchSize = reader.Number("extensions:queues:batchSize", 16, 1, 32);
        var queues = new QueueSettings(
            batchSize,
            reader.Number("extensions:queues:newBatchThreshold", batchSize / 2 * Environment.ProcessorCount, 0, int.MaxValue),
            reader.Time("extensions:queues:maxPollingInterval", TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            reader.Time("extensions:queues:visibilityTimeout", TimeSpan.Zero, TimeSpan.Zero, LongestVisibilityTimeout),
            reader.Number("extensions:queues:maxDequeueCount", 5, 1, int.MaxValue),
            reader.Choice("extensions:queues:messageEncoding", MessageEncoding.Base64));
        return new HostSettings(reader.Text("extensions:http:routePrefix", "api").Trim('/'), queues, ReadFunctionTimeout(reader));
    }

    // 30 minutes is the stock host's default on every plan but Consumption; -1 means never.
    private static TimeSpan? ReadFunctionTimeout(HostJsonReader reader) =>
        reader.Text("functionTimeout", "") == "-1"
            ? null
            : reader.Time("functionTimeout", TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(1), TimeSpan.FromDays(24));
}
