using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace EmbeddedHost.Invocation;

/// <summary>The middleware around every invocation, in the order of its registration, and the function at its end.</summary>
internal sealed class InvocationPipeline
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> steps = [];

    public void Add(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> step) => steps.Add(step);

    public FunctionExecutionDelegate Build()
    {
        FunctionExecutionDelegate pipeline = InvokeFunction;
        for (var i = steps.Count - 1; i >= 0; i--)
            pipeline = steps[i](pipeline);

        return pipeline;
    }

    private static async Task InvokeFunction(FunctionContext context)
    {
        if (context is not EmbeddedFunctionContext own)
            throw new InvalidOperationException($"A middleware passed on a {context.GetType().Name}; it must pass on the FunctionContext that it was given.");

        own.Result = await own.Function.Method.InvokeAsync(own);
    }
}
