using System.Reflection;

namespace FunctionApp.OpenApi;

/// <summary>How the compiler names a method or a type in its file of doc comments.</summary>
internal static class DocCommentId
{
    public static string Of(MethodInfo method)
    {
        var parameters = method.GetParameters();
        var list = parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => Reference(parameter.ParameterType)))})";
        return $"M:{Of(method.DeclaringType!)}.{method.Name}{list}";
    }

    /// <summary>A type where it is declared: <c>Namespace.Outer.Inner`1</c>.</summary>
    public static string Of(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    // A type where it is used has its arguments in braces.
    private static string Reference(Type type)
    {
        if (type.IsArray)
            return $"{Reference(type.GetElementType()!)}[{(type.GetArrayRank() == 1 ? "" : string.Join(',', Enumerable.Repeat("0:", type.GetArrayRank())))}]";
        if (!type.IsGenericType)
            return Of(type);
        var name = Of(type);
        return $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(Reference))}}}";
    }
}
