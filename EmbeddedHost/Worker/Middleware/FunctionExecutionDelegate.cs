namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>The rest of the pipeline around an invocation.</summary>
/// <param name="context">The invocation.</param>
public delegate Task FunctionExecutionDelegate(FunctionContext context);
