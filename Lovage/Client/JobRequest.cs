using System.Linq.Expressions;
using System.Text.Json;
using Lovage.Queue;

namespace Lovage.Client;

/// <summary>One job to enqueue together with others.</summary>
public sealed class JobRequest
{
    private JobRequest(EnqueueOptions? options) => Options = options ?? EnqueueOptions.Default;

    internal string? Name { get; private init; }

    internal JsonElement Arguments { get; private init; }

    internal MethodCallExpression? Call { get; private init; }

    internal EnqueueOptions Options { get; }

    /// <summary>The job that it is, once it was checked.</summary>
    internal JobEnvelope? Checked { get; private init; }

    /// <summary>By name, with JSON arguments.</summary>
    /// <param name="name">A registered job's name.</param>
    /// <param name="arguments">An object of arguments by name.</param>
    /// <param name="options">What else to say of it.</param>
    public static JobRequest Of(string name, JsonElement arguments, EnqueueOptions? options = null) => new(options) { Name = name, Arguments = arguments };

    /// <summary>As a call that the compiler checks: <c>JobRequest.Of&lt;MathJobs&gt;(j => j.Add(2, 3))</c>.</summary>
    /// <typeparam name="TJobs">The class with the job's method.</typeparam>
    /// <param name="call">A call of one method with a <see cref="Jobs.JobAttribute"/>. Its arguments are evaluated now; nothing is awaited.</param>
    /// <param name="options">What else to say of it.</param>
    /// <exception cref="ArgumentException">The expression is not a call of a method of <typeparamref name="TJobs"/>.</exception>
    public static JobRequest Of<TJobs>(Expression<Func<TJobs, object?>> call, EnqueueOptions? options = null) => OfCall(call, options);

    /// <inheritdoc cref="Of{TJobs}(Expression{Func{TJobs, object}}, EnqueueOptions?)"/>
    public static JobRequest Of<TJobs>(Expression<Action<TJobs>> call, EnqueueOptions? options = null) => OfCall(call, options);

    internal static JobRequest Of(JobEnvelope job) => new(options: null) { Checked = job };

    private static JobRequest OfCall(LambdaExpression call, EnqueueOptions? options)
    {
        ArgumentNullException.ThrowIfNull(call);
        // What the method returns is converted to object.
        var body = call.Body is UnaryExpression { NodeType: ExpressionType.Convert } converted ? converted.Operand : call.Body;
        return new(options)
        {
            Call = body as MethodCallExpression
                ?? throw new ArgumentException($"'{call}' is not one call of a job's method, as in j => j.Add(2, 3).", nameof(call)),
        };
    }
}
