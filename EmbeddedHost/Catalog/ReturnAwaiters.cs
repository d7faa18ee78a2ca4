using System.Reflection;

namespace EmbeddedHost.Catalog;

/// <summary>Awaits what a function's method returned and gives the value inside.</summary>
internal delegate ValueTask<object?> ReturnAwaiter(object? returned);

/// <summary>The awaiters for each kind of return type.</summary>
internal static class ReturnAwaiters
{
    private static readonly MethodInfo OfTask = typeof(ReturnAwaiters).GetMethod(nameof(AwaitTaskOf), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo OfValueTask = typeof(ReturnAwaiters).GetMethod(nameof(AwaitValueTaskOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static ReturnAwaiter For(Type type)
    {
        if (type == typeof(void))
            return _ => default;
        if (type == typeof(Task))
            return AwaitTask;
        if (type == typeof(ValueTask))
            return AwaitValueTask;
        if (ValueInside(type) is not { } inside)
            return value => ValueTask.FromResult(value);

        var open = type.GetGenericTypeDefinition() == typeof(Task<>) ? OfTask : OfValueTask;
        return open.MakeGenericMethod(inside).CreateDelegate<ReturnAwaiter>();
    }

    /// <summary>The <c>T</c> of <c>Task&lt;T&gt;</c> or <c>ValueTask&lt;T&gt;</c>; null for every other type.</summary>
    public static Type? ValueInside(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : null;

    private static async ValueTask<object?> AwaitTask(object? returned)
    {
        await (Task)returned!;
        return null;
    }

    private static async ValueTask<object?> AwaitValueTask(object? returned)
    {
        await (ValueTask)returned!;
        return null;
    }

    private static async ValueTask<object?> AwaitTaskOf<T>(object? returned) => await (Task<T>)returned!;

    private static async ValueTask<object?> AwaitValueTaskOf<T>(object? returned) => await (ValueTask<T>)returned!;
}
