using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>Listens to a channel until it is disposed.</summary>
internal sealed class RedisSubscription : IAsyncDisposable
{
    private readonly ISubscriber subscriber;
    private readonly RedisChannel channel;
    private readonly Action<RedisChannel, RedisValue> handler;

    private RedisSubscription(ISubscriber subscriber, RedisChannel channel, Action<string?> heard) =>
        (this.subscriber, this.channel, handler) = (subscriber, channel, (_, message) => heard(message));

    /// <summary>When this has returned the server knows of it.</summary>
    public static async Task<IAsyncDisposable> BeginAsync(ISubscriber subscriber, RedisChannel channel, Action<string?> heard)
    {
        var subscription = new RedisSubscription(subscriber, channel, heard);
        try
        {
            await subscriber.SubscribeAsync(channel, subscription.handler).ConfigureAwait(false);
            return subscription;
        }
        catch
        {
            // The client keeps a handler whose subscription has failed, and subscribes again for it at every connect.
            await subscription.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Nobody waits for that: a server that is down has forgotten it, and what still comes is not heard.
    public async ValueTask DisposeAsync() => await subscriber.UnsubscribeAsync(channel, handler, CommandFlags.FireAndForget).ConfigureAwait(false);
}
