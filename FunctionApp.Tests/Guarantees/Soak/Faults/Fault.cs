namespace FunctionApp.Tests.Guarantees.Soak.Faults;

/// <summary>What becomes of one call.</summary>
internal enum Fault
{
    None,

    /// <summary>It fails, and was never made.</summary>
    NotMade,

    /// <summary>It was made, and its answer is lost: the caller hears of a failure.</summary>
    AnswerLost,
}
