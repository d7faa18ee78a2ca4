using System.Reflection;
using System.Text.Json;

namespace Lovage.Jobs;

/// <summary>Turns what a job's method returned into the job's result. One is made for each job, so that no run looks at types.</summary>
internal sealed class JobResult
{
    private static readonly MethodInfo OfTaskMethod = typeof(JobResult).GetMethod(nameof(OfTask), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo OfValueTaskMethod = typeof(JobResult).GetMethod(nameof(OfValueTask), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly Func<object?, Task<ReadOnlyMemory<byte>?>> encode;

    private JobResult(Func<object?, Task<ReadOnlyMemory<byte>?>> encode) => this.encode = encode;

    public Task<ReadOnlyMemory<byte>?> EncodeAsync(object? returned) => encode(returned);

    /// <summary>What a method of this return type gives in the end; null if nothing.</summary>
    public static Type? TypeOf(Type type) => type switch
    {
        _ when type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask) => null,
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>) => type.GetGenericArguments()[0],
        _ => type,
    };

    public static JobResult For(Type type)
    {
        if (type == typeof(void))
            return new(_ => Task.FromResult<ReadOnlyMemory<byte>?>(null));
        if (type == typeof(Task))
            return new(async returned => { await ((Task)returned!).ConfigureAwait(false); return null; });
        if (type == typeof(ValueTask))
            return new(async returned => { await ((ValueTask)returned!).ConfigureAwait(false); return null; });
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
            return new(Make(OfTaskMethod, type));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            return new(Make(OfValueTaskMethod, type));
        return new(returned => Task.FromResult<ReadOnlyMemory<byte>?>(JsonSerializer.SerializeToUtf8Bytes(returned, type, JobJson.Options)));
    }

    private static Func<object?, Task<ReadOnlyMemory<byte>?>> Make(MethodInfo method, Type type) =>
        method.MakeGenericMethod(type.GetGenericArguments()).CreateDelegate<Func<object?, Task<ReadOnlyMemory<byte>?>>>();

    private static async Task<ReadOnlyMemory<byte>?> OfTask<T>(object? returned) =>
        JsonSerializer.SerializeToUtf8Bytes(await ((Task<T>)returned!).ConfigureAwait(false), JobJson.Options);

    private static async Task<ReadOnlyMemory<byte>?> OfValueTask<T>(object? returned) =>
        JsonSerializer.SerializeToUtf8Bytes(await ((ValueTask<T>)returned!).ConfigureAwait(false), JobJson.Options);
}
