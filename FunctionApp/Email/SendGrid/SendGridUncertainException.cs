namespace FunctionApp.Email.SendGrid;

/// <summary>SendGrid may have accepted a mail, or not.</summary>
internal sealed class SendGridUncertainException(string what, Exception inner)
    : Exception($"{what} after the mail was on its way: it may have been accepted. Look for its key in SendGrid's activity feed before you send it again.", inner);
