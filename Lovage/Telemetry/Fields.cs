namespace Lovage.Telemetry;

/// <summary>The names of attributes: after OpenTelemetry's messaging conventions where one fits, <c>lovage.…</c> else.</summary>
internal static class Fields
{
    public const string System = "messaging.system";
    public const string Destination = "messaging.destination.name";
    public const string OperationName = "messaging.operation.name";
    public const string OperationType = "messaging.operation.type";
    public const string MessageId = "messaging.message.id";
    public const string BatchCount = "messaging.batch.message_count";
    public const string ErrorType = "error.type";
    public const string JobName = "lovage.job.name";
    public const string Attempt = "lovage.job.attempt";
    public const string Outcome = "lovage.job.outcome";
    public const string State = "lovage.job.state";

    public const string Lovage = "lovage";
    public const string Send = "send";
    public const string Process = "process";

    /// <summary>Stands for every job name that the app does not know: the writer of a message must not be able to make any number of series.</summary>
    public const string OtherJob = "_OTHER";
}
