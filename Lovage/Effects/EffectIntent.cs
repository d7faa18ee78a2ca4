using Lovage.Store;

namespace Lovage.Effects;

/// <summary>A run's intent to make an effect.</summary>
/// <param name="Claim">The run.</param>
/// <param name="Key">The effect.</param>
/// <param name="Call">Random; the same when it is asked again, so that an intent whose answer was lost is still ours.</param>
internal sealed record EffectIntent(JobClaim Claim, string Key, string Call);
