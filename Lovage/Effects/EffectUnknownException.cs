namespace Lovage.Effects;

/// <summary>Nobody knows whether an effect was made: it may have been, so it is not made again. A replay makes it again only when told to.</summary>
public sealed class EffectUnknownException(string key, Exception? inner = null) : Exception(
    $"Nobody knows whether effect '{key}' was made{(inner is null ? ": an earlier run broke off in it, or the store was lost" : $": it threw {inner.GetType().Name}")}. Find out, then replay the job, repeating unknown effects or not.",
    inner)
{
    /// <summary>The effect.</summary>
    public string Key { get; } = key;
}
