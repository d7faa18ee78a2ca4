using EmbeddedHost.Catalog;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Invocation;

/// <summary>One invocation in this process.</summary>
internal sealed class EmbeddedFunctionContext(FunctionEntry function, object triggerEvent, BindingContext binding, IServiceProvider services, CancellationToken cancellation)
    : FunctionContext
{
    private IDictionary<object, object>? items;
    private InvocationFeatures? features;
    private CurrentTrace? trace;

    public FunctionEntry Function { get; } = function;

    /// <summary>What happened: the HttpContext, the queue message, or the TimerInfo.</summary>
    public object Event { get; } = triggerEvent;

    /// <summary>What the function returned; null until it has, or if middleware did not let it run.</summary>
    public object? Result { get; set; }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => Function.Definition.Id;

    public override TraceContext TraceContext => trace ??= new CurrentTrace();

    public override BindingContext BindingContext { get; } = binding;

    public override RetryContext RetryContext => NoRetry.Instance;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => Function.Definition;

    public override IDictionary<object, object> Items { get => items ??= new Dictionary<object, object>(); set => items = value; }

    public override IInvocationFeatures Features => features ??= new InvocationFeatures();

    public override CancellationToken CancellationToken { get; } = cancellation;
}
