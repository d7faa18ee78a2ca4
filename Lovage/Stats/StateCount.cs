using Lovage.Jobs;

namespace Lovage.Stats;

/// <summary>The jobs of one state.</summary>
/// <param name="State">The state.</param>
/// <param name="All">How many there are. Exact.</param>
/// <param name="IsSample">True if they are so many that only some were looked at.</param>
/// <param name="ByName">How many have which name, of those that were looked at.</param>
/// <param name="Lately">How many of which name came into the state lately; empty where that is not asked for.</param>
internal sealed record StateCount(
    JobState State, long All, bool IsSample, IReadOnlyDictionary<string, int> ByName, IReadOnlyDictionary<string, double> Lately)
{
    public long Of(string name) =>
        IsSample ? (long)Math.Round((double)All * ByName.GetValueOrDefault(name) / ByName.Values.Sum()) : ByName.GetValueOrDefault(name);
}
