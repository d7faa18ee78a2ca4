using Lovage.Jobs;

namespace Lovage.Effects;

/// <summary>A run wanted to make an effect, but it no longer has the job: its lease ran out, and another run may have begun. Nothing was made.</summary>
public sealed class ClaimLostException(JobId job) : Exception($"This run no longer has job {job}: its lease ran out. The effect was not made here.");
