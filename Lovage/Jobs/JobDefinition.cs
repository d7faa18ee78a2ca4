using System.Reflection;

namespace Lovage.Jobs;

/// <summary>A registered job: its name, its parameters and how its method is called.</summary>
public sealed class JobDefinition
{
    private readonly MethodInvoker invoker;
    private readonly JobResult result;
    private RetryPolicy? retryPolicy;

    internal JobDefinition(string name, MethodInfo method)
    {
        var where = $"{method.DeclaringType?.Name}.{method.Name}";
        var attribute = method.GetCustomAttribute<JobAttribute>();
        Aliases = attribute?.Aliases ?? [];
        foreach (var bad in Aliases.Prepend(name).Where(each => !IsName(each)))
            throw new InvalidOperationException($"Job name '{bad}' on {where}: use 1 to 100 of a-z 0-9 . _ - and begin with a letter or digit.");
        if (!method.IsPublic || method.ContainsGenericParameters || method.GetParameters().Any(p => p.ParameterType.IsByRef))
            throw new InvalidOperationException($"Job '{name}' on {where}: a job is a public method without type parameters and without ref or out parameters.");
        if (method.GetParameters().GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Job '{name}' on {where}: '{twice.Key}' stands for two arguments; callers' arguments ignore case.");
        CheckNumbers(name, where, attribute);
        Name = name;
        Method = method;
        Class = method.DeclaringType!;
        Parameters = [.. method.GetParameters().Select(p => Read(p, name, where))];
        invoker = MethodInvoker.Create(method);
        result = JobResult.For(method.ReturnType);
        Limits = TimeLimits.Of(method);
        KeepsResult = method.GetCustomAttribute<JobAttribute>()?.KeepResult ?? true;
        ResultType = KeepsResult ? JobResult.TypeOf(method.ReturnType) : null;
    }

    /// <summary>Its name, unique in the app.</summary>
    public string Name { get; }

    /// <summary>Names that it had before; callers may still use them.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The method that is the job.</summary>
    public MethodInfo Method { get; }

    /// <summary>What callers give, in the order of the positions: the method's parameters without those that the engine supplies.</summary>
    public IEnumerable<JobParameter> Arguments => Parameters.Where(parameter => !parameter.IsSupplied);

    /// <summary>The type of its result; null if it has none, or keeps none.</summary>
    public Type? ResultType { get; }

    internal Type Class { get; }

    internal IReadOnlyList<JobParameter> Parameters { get; }

    internal TimeLimits Limits { get; }

    /// <summary>False if nobody will ask for what it returns.</summary>
    internal bool KeepsResult { get; }

    /// <summary>The arguments for people: <c>x, y, note?</c>.</summary>
    internal string Signature
    {
        get
        {
            var names = Arguments.Select(p => p.IsOptional ? p.Name + "?" : p.Name).ToArray();
            return names.Length == 0 ? "no arguments" : string.Join(", ", names);
        }
    }

    internal RetryPolicy RetryPolicy(LovageOptions options) => retryPolicy ??= Jobs.RetryPolicy.Of(Method, options);

    internal int IndexOf(string argument)
    {
        for (var i = 0; i < Parameters.Count; i++)
        {
            if (!Parameters[i].IsSupplied && string.Equals(Parameters[i].Name, argument, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }

    /// <summary>Calls the method and gives its result as JSON, null where it returns nothing.</summary>
    internal async Task<ReadOnlyMemory<byte>?> InvokeAsync(object? target, object?[] arguments, JobContext context)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (Parameters[i].IsSupplied)
                arguments[i] = Parameters[i].Type == typeof(JobContext) ? context : context.Cancellation;
        }
        var returned = invoker.Invoke(target, arguments.AsSpan());
        return await result.EncodeAsync(returned).ConfigureAwait(false);
    }

    private static JobParameter Read(ParameterInfo parameter, string name, string where)
    {
        try
        {
            return new(parameter);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"Job '{name}' on {where}: argument '{parameter.Name}' cannot be checked. {e.Message}", e);
        }
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

    // By hand: to make the regular expression took 80 ms of each start.
    private static bool IsName(string name) => name.Length is > 0 and <= 100 && IsLetterOrDigit(name[0]) && name.All(c => IsLetterOrDigit(c) || c is '.' or '_' or '-');

    private static bool IsLetterOrDigit(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
