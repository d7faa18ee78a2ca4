namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>One call of a process to the store or the queue, and what goes wrong in it.</summary>
/// <param name="Call">From 1. 0: nothing goes wrong.</param>
/// <param name="Fault">What goes wrong.</param>
internal readonly record struct CrashPoint(int Call, Fault Fault)
{
    public static CrashPoint None { get; }

    public bool Dies => Call > 0 && Fault is Fault.DiesBefore or Fault.DiesAfter && Call > 0;
}
