using System.Linq.Expressions;

namespace Lovage.Client;

/// <summary>Evaluates the arguments of a call that was written as an expression.</summary>
internal static class CallArguments
{
    public static object?[] Evaluate(MethodCallExpression call) => [.. call.Arguments.Select(Evaluate)];

    // Interpreted: compiling a delegate that runs once costs a thousand times what it does.
    private static object? Evaluate(Expression argument) => argument is ConstantExpression constant
        ? constant.Value
        : Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object))).Compile(preferInterpretation: true)();
}
