using System.Reflection;
using System.Runtime.ExceptionServices;
using EmbeddedHost.Invocation;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Catalog;

/// <summary>The method behind a function: how to make its class, its arguments, and how to await it. Built once.</summary>
internal sealed class FunctionMethod
{
    // Made with the first call: it is compiled, which for all functions of an app takes a while.
    private readonly Lazy<ObjectFactory>? makeInstance;
    private readonly MethodInvoker invoker;
    private readonly ParameterBinder[] binders;
    private readonly ReturnAwaiter awaitReturn;

    public FunctionMethod(MethodInfo method, ParameterBinder[] binders)
    {
        makeInstance = method.IsStatic ? null : new(() => ActivatorUtilities.CreateFactory(method.DeclaringType!, Type.EmptyTypes));
        invoker = MethodInvoker.Create(method);
        this.binders = binders;
        awaitReturn = ReturnAwaiters.For(method.ReturnType);
    }

    public ValueTask<object?> InvokeAsync(EmbeddedFunctionContext context)
    {
        var arguments = new object?[binders.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = binders[i](context);

        var instance = makeInstance?.Value(context.InstanceServices, null);
        try
        {
            return awaitReturn(invoker.Invoke(instance, arguments.AsSpan()));
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } thrown)
        {
            // The function's own exception, with its own stack trace.
            ExceptionDispatchInfo.Throw(thrown);
            throw;
        }
    }
}
