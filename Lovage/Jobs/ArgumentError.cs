namespace Lovage.Jobs;

/// <summary>What is wrong with one argument of a job.</summary>
/// <param name="Argument">The argument's name; empty if the error is about all of them.</param>
/// <param name="Message">What it must be, what it was.</param>
public readonly record struct ArgumentError(string Argument, string Message);
