using Lovage.Effects;

namespace Lovage.Eager;

/// <summary>What one job has made, and what it was about to make when it broke off.</summary>
internal sealed class EagerEffects
{
    private readonly Dictionary<string, (string Call, ReadOnlyMemory<byte>? Value)> entries = [];

    public EffectAnswer Intend(EffectIntent intent)
    {
        if (entries.TryAdd(intent.Key, (intent.Call, null)))
            return new EffectAnswer.Go();
        return entries[intent.Key].Value is { } value ? new EffectAnswer.Made(value) : new EffectAnswer.Unknown();
    }

    public bool Conclude(EffectIntent intent, ReadOnlyMemory<byte> value)
    {
        entries[intent.Key] = (intent.Call, value);
        return true;
    }

    public bool Withdraw(EffectIntent intent) => entries.Remove(intent.Key);
}
