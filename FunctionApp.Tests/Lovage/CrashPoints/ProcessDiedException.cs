namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>The process is no more: nobody in it can catch this.</summary>
internal sealed class ProcessDiedException() : Exception("The process has died.");
