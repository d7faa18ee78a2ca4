using System.Text.Json;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Store;

namespace Lovage.Effects;

/// <summary>
/// Notes the intent, makes the effect, notes that it was made. Who dies in between leaves the intent, and the next run cannot tell
/// whether the effect came about: then it says so.
/// </summary>
internal sealed class EffectLedger(JobContextHolder holder, IJobStore store, TimeProvider time) : IEffects
{
    private const int MaxKeyCharacters = 100;
    private const int MaxValueBytes = 8 * 1024;

    public Task OnceAsync(string key, Func<Task> effect) => OnceAsync<object?>(key, async () =>
    {
        await effect().ConfigureAwait(false);
        return null;
    });

    public async Task<T> OnceAsync<T>(string key, Func<Task<T>> effect)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaxKeyCharacters, nameof(key));
        var context = holder.Context;
        context.Cancellation.ThrowIfCancellationRequested();
        var intent = new EffectIntent(context.Claim, key, Guid.NewGuid().ToString("N"));
        return await TryAsync(() => store.IntendAsync(intent, CancellationToken.None), context.Cancellation).ConfigureAwait(false) switch
        {
            EffectAnswer.Go => await MakeAsync(intent, effect, context.Cancellation).ConfigureAwait(false),
            EffectAnswer.Made(var value) => JsonSerializer.Deserialize<T>(value.Span, JobJson.Options)!,
            EffectAnswer.Stale => throw new ClaimLostException(context.Id),
            EffectAnswer.Full => throw new ArgumentException("A job makes 1,000 effects at most. Make several jobs of it.", nameof(key)),
            _ => throw new EffectUnknownException(key),
        };
    }

    private async Task<T> MakeAsync<T>(EffectIntent intent, Func<Task<T>> effect, CancellationToken cancellation)
    {
        T value;
        try
        {
            value = await effect().ConfigureAwait(false);
        }
        catch (Exception e) when (e is RejectJobException or RetryJobException)
        {
            await TryAsync(() => store.WithdrawAsync(intent, CancellationToken.None), cancellation).ConfigureAwait(false);
            throw;
        }
        // Whatever it is: the effect may have come about before it was thrown.
        catch (Exception e)
        {
            throw new EffectUnknownException(intent.Key, e);
        }
        var json = JsonSerializer.SerializeToUtf8Bytes(value, JobJson.Options);
        var fits = json.Length <= MaxValueBytes;
        await TryAsync(() => store.ConcludeAsync(intent, fits ? json : "null"u8.ToArray(), CancellationToken.None), cancellation).ConfigureAwait(false);
        return fits
            ? value
            : throw new RejectJobException($"Effect '{intent.Key}' was made, but gave {json.Length:N0} bytes; {MaxValueBytes:N0} are kept. Give back less, for example an id.");
    }

    // An effect that was made and cannot be noted would be unknown: worth waiting for the store, for as long as the run may last.
    private async Task<TAnswer> TryAsync<TAnswer>(Func<Task<TAnswer>> call, CancellationToken cancellation)
    {
        var backOff = new BackOff(time);
        while (true)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (JobStoreUnavailableException) when (!cancellation.IsCancellationRequested)
            {
                await backOff.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
    }
}
