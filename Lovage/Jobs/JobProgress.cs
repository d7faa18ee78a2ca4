namespace Lovage.Jobs;

/// <summary>How far a running job says it is.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="Message">A few words for people, or null.</param>
public sealed record JobProgress(double Percent, string? Message);
