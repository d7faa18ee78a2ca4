namespace FunctionApp.Tests.Guarantees.Soak.Memory;

/// <param name="At">Since the soak began.</param>
/// <param name="Bytes">What was in use then.</param>
internal readonly record struct MemorySample(TimeSpan At, long Bytes);
