namespace Lovage.Store;

/// <summary>One identity of one worker process. A process that lost its lease goes on under a new one.</summary>
internal readonly record struct WorkerId(string Value)
{
    public static WorkerId New() => new(Guid.NewGuid().ToString("N"));

    public override string ToString() => Value;
}
