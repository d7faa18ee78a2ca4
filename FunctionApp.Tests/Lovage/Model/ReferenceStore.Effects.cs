using System.Text;
using Lovage.Effects;
using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.Model;

// What bodies note of their effects.
internal sealed partial class ReferenceStore
{
    public EffectAnswer Intend(EffectIntent intent)
    {
        if (Find(intent.Claim.Job) is not { } job)
            return new EffectAnswer.Unknown();
        if (job.State is not JobState.Running || job.Claim != intent.Claim.Claim)
            return new EffectAnswer.Stale();
        if (job.Effects.TryGetValue(intent.Key, out var noted))
        {
            if (noted.StartsWith('m'))
                return new EffectAnswer.Made(Encoding.UTF8.GetBytes(noted[2..]));
            return noted == $"i {intent.Call}" ? new EffectAnswer.Go() : new EffectAnswer.Unknown();
        }
        if (job.Origin == "rebuilt")
            return new EffectAnswer.Unknown();
        job.Effects[intent.Key] = $"i {intent.Call}";
        return new EffectAnswer.Go();
    }

    /// <param name="intent">What was to be made.</param>
    /// <param name="value">What it gave; null if it was certainly not made.</param>
    public bool Conclude(EffectIntent intent, string? value)
    {
        if (Find(intent.Claim.Job) is not { } job || !job.Effects.TryGetValue(intent.Key, out var noted))
            return false;
        if (noted != $"i {intent.Call}")
            return noted.StartsWith('m');
        if (value is null)
            job.Effects.Remove(intent.Key);
        else
            job.Effects[intent.Key] = $"m {value}";
        return true;
    }
}
