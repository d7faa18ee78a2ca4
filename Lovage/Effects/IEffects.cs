using Lovage.Jobs;

namespace Lovage.Effects;

/// <summary>
/// Makes side effects that must not repeat when a job runs again: a mail, a payment, a call to another system. Inject it into a job's class.
/// What was made is noted with the job. A job may run more than once; each of its effects is made once, or the job ends
/// with the honest answer that nobody knows.
/// </summary>
public interface IEffects
{
    /// <summary>Makes an effect, unless an earlier run of this job made it.</summary>
    /// <param name="key">Names the effect within the job: 1 to 100 characters.</param>
    /// <param name="effect">
    /// Makes it. If it throws <see cref="RejectJobException"/> or <see cref="RetryJobException"/> it has certainly not been made, and may be made by a later attempt;
    /// after any other exception nobody knows.
    /// </param>
    /// <exception cref="EffectUnknownException">It may have been made: by an earlier run that broke off in it, before the store was lost, or now, as it threw.
    /// Let it through: the job fails with <see cref="FailureReason.EffectUnknown"/>.</exception>
    /// <exception cref="ClaimLostException">This run no longer has the job: another run may be making it. Nothing was made.</exception>
    /// <exception cref="ArgumentException">The key is empty or too long, or the job has 1,000 effects already.</exception>
    /// <exception cref="InvalidOperationException">This is not within a job.</exception>
    Task OnceAsync(string key, Func<Task> effect);

    /// <summary>Makes an effect, unless an earlier run of this job made it, and gives what it gave then.</summary>
    /// <typeparam name="T">What it gives, kept as JSON: 8,192 bytes at most.</typeparam>
    /// <inheritdoc cref="OnceAsync(string, Func{Task})"/>
    Task<T> OnceAsync<T>(string key, Func<Task<T>> effect);
}
