using System.Reflection;
using System.Runtime.CompilerServices;
using EmbeddedHost.Configuration;
using EmbeddedHost.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EmbeddedHost.Catalog;

/// <summary>Finds the functions among the app's classes and refuses, by name, what this host does not support.</summary>
internal sealed class FunctionCatalogReader(TriggerReader triggers, ResultShapeReader results, DisabledFunctions disabled, Problems problems)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public FunctionCatalog Read(IEnumerable<Type> types)
    {
        var found = new List<FunctionEntry>();
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var method in types.SelectMany(t => t.GetMethods(Declared)).Where(m => m.IsDefined(typeof(FunctionAttribute))))
        {
            var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
            var owner = $"{method.DeclaringType!.Name}.{method.Name}";
            if (!owners.TryAdd(name, owner))
                problems.Add($"Function '{name}' is declared twice: {owners[name]} and {owner}. Names are unique in an app, whatever their case.");
            else if (Read(name, owner, method) is { } entry)
                found.Add(entry);
        }

        RouteConflicts.Check(found, problems);
        return new FunctionCatalog(found);
    }

    private FunctionEntry? Read(string name, string owner, MethodInfo method)
    {
        var where = $"Function '{name}' ({owner})";
        var off = disabled.Contains(name);
        var reasons = new List<string>();
        CheckMethod(name, method, reasons);
        var trigger = FindTrigger(method, where, off, reasons);
        var binders = trigger is null ? [] : method.GetParameters().Select(p => TriggerReader.Bind(trigger, p, reasons)).OfType<ParameterBinder>().ToArray();
        var result = results.Read(method, where, off, reasons);
        foreach (var reason in reasons)
            problems.Add($"{where} cannot be hosted: {reason}.");

        return trigger is null || reasons.Count > 0
            ? null
            : new FunctionEntry
            {
                Name = name,
                Trigger = trigger,
                Method = new FunctionMethod(method, binders),
                Result = result,
                Definition = new EmbeddedFunctionDefinition(name, method, trigger, result),
                Disabled = off,
            };
    }

    private TriggerEntry? FindTrigger(MethodInfo method, string where, bool off, List<string> reasons)
    {
        foreach (var parameter in method.GetParameters())
        {
            foreach (var attribute in parameter.GetCustomAttributes<InputBindingAttribute>())
                reasons.Add($"the input binding [{Names.Of(attribute)}] is not supported here");
        }

        var marked = method.GetParameters().Where(p => p.IsDefined(typeof(TriggerBindingAttribute))).ToArray();
        if (marked is [var only])
            return triggers.Read(only, method.GetCustomAttribute<FunctionAttribute>()!.Name, where, off, reasons);

        reasons.Add(marked.Length == 0 ? "no parameter carries a trigger attribute" : $"it has {marked.Length} triggers; a function has one");
        return null;
    }

    private static void CheckMethod(string name, MethodInfo method, List<string> reasons)
    {
        var type = method.DeclaringType!;
        if (string.IsNullOrWhiteSpace(name))
            reasons.Add("its name is empty");
        if (!method.IsPublic || !type.IsVisible)
            reasons.Add("method and class must be public, or the official worker does not find them");
        if (method.ContainsGenericParameters || type.ContainsGenericParameters)
            reasons.Add("method and class must not be generic");
        if (!method.IsStatic && type.IsAbstract)
            reasons.Add($"the class {type.Name} is abstract");
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            reasons.Add("it is async void, so nobody can await it; return Task");
    }
}
