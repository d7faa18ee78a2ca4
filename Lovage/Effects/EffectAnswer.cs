namespace Lovage.Effects;

/// <summary>What the store says to a run that would make an effect.</summary>
internal abstract record EffectAnswer
{
    private EffectAnswer()
    {
    }

    /// <summary>Make it.</summary>
    public sealed record Go : EffectAnswer;

    /// <summary>It was made, and gave this.</summary>
    public sealed record Made(ReadOnlyMemory<byte> Value) : EffectAnswer;

    /// <summary>It may have been made.</summary>
    public sealed record Unknown : EffectAnswer;

    /// <summary>The run no longer has the job.</summary>
    public sealed record Stale : EffectAnswer;

    /// <summary>The job has as many effects as one may have.</summary>
    public sealed record Full : EffectAnswer;
}
