namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>What goes wrong in a call.</summary>
internal enum Fault
{
    /// <summary>It is refused: nothing is done.</summary>
    FailsBefore,

    /// <summary>It is done, and its answer is lost.</summary>
    FailsAfter,

    /// <summary>The process dies before it is done.</summary>
    DiesBefore,

    /// <summary>The process dies when it is done.</summary>
    DiesAfter,
}
