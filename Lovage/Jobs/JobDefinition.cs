using System.Reflection;
using System.Text.RegularExpressions;

namespace Lovage.Jobs;

/// <summary>A registered job: its name, its parameters and how its method is called.</summary>
internal sealed partial class JobDefinition
{
    private readonly MethodInvoker invoker;
    private readonly JobResult result;
    private RetryPolicy? retryPolicy;

    public JobDefinition(string name, MethodInfo method)
    {
        var where = $"{method.DeclaringType?.Name}.{method.Name}";
        var attribute = method.GetCustomAttribute<JobAttribute>();
        Aliases = attribute?.Aliases ?? [];
        foreach (var bad in Aliases.Prepend(name).Where(each => !NamePattern().IsMatch(each)))
            throw new InvalidOperationException($"Job name '{bad}' on {where}: use 1 to 100 of a-z 0-9 . _ - and begin with a letter or digit.");
        if (!method.IsPublic || method.ContainsGenericParameters || method.GetParameters().Any(p => p.ParameterType.IsByRef))
            throw new InvalidOperationException($"Job '{name}' on {where}: a job is a public method without type parameters and without ref or out parameters.");
        if (method.GetParameters().GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Job '{name}' on {where}: '{twice.Key}' stands for two arguments; callers' arguments ignore case.");
        CheckNumbers(name, where, attribute);
        Name = name;
        Method = method;
        Class = method.DeclaringType!;
        Parameters = [.. method.GetParameters().Select(p => new JobParameter(p))];
        invoker = MethodInvoker.Create(method);
        result = JobResult.For(method.ReturnType);
        Limits = TimeLimits.Of(method);
        KeepsResult = method.GetCustomAttribute<JobAttribute>()?.KeepResult ?? true;
    }

    public string Name { get; }

    /// <summary>Names that it had before.</summary>
    public IReadOnlyList<string> Aliases { get; }

    public MethodInfo Method { get; }

    public Type Class { get; }

    public IReadOnlyList<JobParameter> Parameters { get; }

    public TimeLimits Limits { get; }

    /// <summary>False if nobody will ask for what it returns.</summary>
    public bool KeepsResult { get; }

    /// <summary>The arguments for people: <c>x, y, note?</c>.</summary>
    public string Signature
    {
        get
        {
            var names = Parameters.Where(p => !p.IsSupplied).Select(p => p.IsOptional ? p.Name + "?" : p.Name).ToArray();
            return names.Length == 0 ? "no arguments" : string.Join(", ", names);
        }
    }

    public RetryPolicy RetryPolicy(LovageOptions options) => retryPolicy ??= Jobs.RetryPolicy.Of(Method, options);

    public int IndexOf(string argument)
    {
        for (var i = 0; i < Parameters.Count; i++)
        {
            if (!Parameters[i].IsSupplied && string.Equals(Parameters[i].Name, argument, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }

    /// <summary>Calls the method and gives its result as JSON, null where it returns nothing.</summary>
    public async Task<ReadOnlyMemory<byte>?> InvokeAsync(object? target, object?[] arguments, JobContext context)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (Parameters[i].IsSupplied)
                arguments[i] = Parameters[i].Type == typeof(JobContext) ? context : context.Cancellation;
        }
        var returned = invoker.Invoke(target, arguments.AsSpan());
        return await result.EncodeAsync(returned).ConfigureAwait(false);
    }

    private static void CheckNumbers(string name, string where, JobAttribute? job)
    {
        if (job is null)
            return;
        Check(nameof(job.MaxAttempts), job.MaxAttempts, 0, 100);
        Check(nameof(job.RetryBaseSeconds), job.RetryBaseSeconds, -1, 86_400);
        Check(nameof(job.RetryFactor), job.RetryFactor, 0, 10);
        Check(nameof(job.RetryCapSeconds), job.RetryCapSeconds, -1, 604_800);
        Check(nameof(job.TimeLimitSeconds), job.TimeLimitSeconds, 0, 86_400);
        Check(nameof(job.HardTimeLimitSeconds), job.HardTimeLimitSeconds, 0, 86_400);

        // Written so that NaN is refused too.
        void Check(string setting, double value, double least, double most)
        {
            if (!(value >= least && value <= most))
                throw new InvalidOperationException($"Job '{name}' on {where}: {setting} is {value}; it takes up to {most:N0}.");
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,99}$", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
