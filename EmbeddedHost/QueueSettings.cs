namespace EmbeddedHost;

/// <summary>The block <c>extensions.queues</c> of host.json with its overrides: one for all queue functions, as on the stock host.</summary>
/// <param name="BatchSize">How many messages are received at once: 1 to 32, default 16.</param>
/// <param name="NewBatchThreshold">The next batch is received when no more than this many are in flight. Default: half the batch for each core.</param>
/// <param name="MaxPollingInterval">The longest wait between two looks at an idle queue: 100 ms to 1 minute, default 1 minute.</param>
/// <param name="VisibilityTimeout">How long a message whose function failed stays hidden. Default: none.</param>
/// <param name="MaxDequeueCount">After how many failures a message goes to the poison queue. Default: 5.</param>
/// <param name="MessageEncoding">How message texts are written. Default: base64.</param>
public sealed record QueueSettings(
    int BatchSize,
    int NewBatchThreshold,
    TimeSpan MaxPollingInterval,
    TimeSpan VisibilityTimeout,
    int MaxDequeueCount,
    MessageEncoding MessageEncoding);
