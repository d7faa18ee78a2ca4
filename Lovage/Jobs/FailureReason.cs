namespace Lovage.Jobs;

/// <summary>Why a job is a dead letter.</summary>
public enum FailureReason
{
    /// <summary>It threw in its last attempt.</summary>
    AttemptsUsed,

    /// <summary>It threw what its policy does not retry.</summary>
    NotRetried,

    /// <summary>It threw <see cref="RejectJobException"/>.</summary>
    Rejected,

    /// <summary>It did not stop within its hard time limit and was abandoned.</summary>
    TimeLimit,

    /// <summary>Its process died each time while it ran alone.</summary>
    Crashed,

    /// <summary>No job of its name is registered.</summary>
    UnknownJob,

    /// <summary>Its arguments do not fit the job's signature.</summary>
    InvalidArguments,

    /// <summary>A message that cannot be read; it never was a job.</summary>
    Unreadable,

    /// <summary>The store that held its arguments is lost.</summary>
    RecordLost,

    /// <summary>What it returned is larger than <see cref="LovageOptions.MaxResultBytes"/>.</summary>
    ResultTooLarge,

    /// <summary>Nobody knows whether one of its effects was made; see <see cref="Effects.IEffects"/>.</summary>
    EffectUnknown,
}
