using Lovage.Effects;
using Lovage.Jobs;

namespace FunctionApp.Email;

/// <summary>
/// Gives a mail to whoever delivers it: SendGrid on Azure, the local mailbox on a developer's machine. Call it from a job within
/// <see cref="IEffects.OnceAsync(string, Func{Task})"/>, which reads its answer: nothing is sent twice because somebody guessed.
/// </summary>
public interface IEmailSender
{
    /// <summary>Returns once the mail was accepted. That it will arrive nobody can say.</summary>
    /// <param name="message">The mail.</param>
    /// <param name="key">
    /// Names this mail, the same each time that it is sent: 1 to 100 printable ASCII characters, such as a job's id. It goes along with the mail, so that
    /// a person who must find out whether it was sent finds it. It does not keep the mail from being sent twice.
    /// </param>
    /// <param name="cancellation">Heeded until the mail is on its way, and no longer: to break off then is to not know.</param>
    /// <exception cref="RejectJobException">It was refused, and would be again: the address, the content or a setting.</exception>
    /// <exception cref="RetryJobException">It was certainly not accepted, and may be after that delay.</exception>
    /// <remarks>Any other exception leaves open whether it was accepted. The job then ends with the reason <see cref="FailureReason.EffectUnknown"/>, for a person to look at.</remarks>
    Task SendAsync(EmailMessage message, string key, CancellationToken cancellation);
}
