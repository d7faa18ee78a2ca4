using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>One connection, opened at first use and repaired by the client for as long as the process lives.</summary>
internal class RedisConnection(IOptions<LovageOptions> options) : IDisposable
{
    private readonly Lock gate = new();
    private Task<ConnectionMultiplexer>? connecting;

    public RedisKeys Keys { get; } = new(options.Value.KeyPrefix);

    /// <summary>True if Redis did answer, with an error: it may be about one of the records that were asked for.</summary>
    public static bool IsRefusal(Exception failure) => failure is JobStoreUnavailableException { InnerException: RedisServerException };

    /// <summary>Runs a call on the database; whatever way Redis fails, it is one exception.</summary>
    /// <exception cref="JobStoreUnavailableException">Redis did not answer or answered with an error.</exception>
    public virtual async Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            var multiplexer = await ConnectAsync().WaitAsync(cancellation).ConfigureAwait(false);
            return await call(multiplexer.GetDatabase()).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw new JobStoreUnavailableException(e);
        }
    }

    /// <summary>Runs a script: one change of the store, made whole or not at all.</summary>
    /// <exception cref="JobStoreUnavailableException">Redis did not answer or answered with an error. The change may have been made.</exception>
    public virtual Task<RedisResult> RunAsync(string script, RedisKey[] scriptKeys, RedisValue[] values, CancellationToken cancellation) =>
        CallAsync(db => db.ScriptEvaluateAsync(script, scriptKeys, values), cancellation);

    /// <summary>Calls <paramref name="heard"/> for each message of a channel, until the result is disposed.</summary>
    /// <exception cref="JobStoreUnavailableException">Redis did not answer or answered with an error.</exception>
    public async Task<IAsyncDisposable> SubscribeAsync(string channel, Action<string?> heard, CancellationToken cancellation)
    {
        try
        {
            var multiplexer = await ConnectAsync().WaitAsync(cancellation).ConfigureAwait(false);
            // Not given up half-way: a subscription that began later would be nobody's, for as long as the process lives. The client's own time limit ends it.
            var subscription = await RedisSubscription.BeginAsync(multiplexer.GetSubscriber(), RedisChannel.Literal(channel), heard).ConfigureAwait(false);
            if (!cancellation.IsCancellationRequested)
                return subscription;
            await subscription.DisposeAsync().ConfigureAwait(false);
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw new JobStoreUnavailableException(e);
        }
    }

    /// <summary>Tells those who listen to a channel, if Redis is there. Nobody waits for it.</summary>
    public void Publish(string channel, string message)
    {
        if (connecting is not { IsCompletedSuccessfully: true } connected)
            return;
        try
        {
            connected.Result.GetSubscriber().Publish(RedisChannel.Literal(channel), message, CommandFlags.FireAndForget);
        }
        catch (Exception e) when (e is RedisException or ObjectDisposedException)
        {
            // It is not there.
        }
    }

    public void Dispose()
    {
        if (connecting is { IsCompletedSuccessfully: true } connected)
            connected.Result.Dispose();
    }

    /// <summary>The one connection; opened by whoever asks first.</summary>
    protected virtual Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (gate)
            return connecting ??= ConnectionMultiplexer.ConnectAsync(SharedConfiguration());
    }

    // What an answer sets going runs on the thread pool in any case: a way through threads of the client's own costs every call two more switches.
    private ConfigurationOptions SharedConfiguration()
    {
        var configuration = Configuration();
        configuration.SocketManager = SocketManager.ThreadPool;
        return configuration;
    }

    /// <summary>The settings of a connection, for those who need one of their own.</summary>
    public ConfigurationOptions Configuration()
    {
        var configuration = ConfigurationOptions.Parse(options.Value.RedisConfiguration);
        // A Redis that is down now is tried again in the background instead of failing for ever.
        configuration.AbortOnConnectFail = false;
        // Nobody is helped by waiting for a Redis that is known to be down: callers are told at once, workers back off by themselves.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ConnectRetry = 1;
        configuration.ClientName ??= "lovage";
        return configuration;
    }
}
