using System.Reflection;
using EmbeddedHost.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EmbeddedHost.Catalog;

/// <summary>Reads output bindings from a method's return type.</summary>
internal sealed class ResultShapeReader(QueueNames queues)
{
    public ResultShape Read(MethodInfo method, string where, bool disabled, List<string> reasons)
    {
        if (method.GetCustomAttributes<OutputBindingAttribute>().ToArray() is { Length: > 0 } onMethod)
            return new ResultShape(null, AnswersHttp: false, [.. onMethod.Select(a => Output(a, null, where, disabled, reasons)).OfType<QueueOutput>()]);

        var type = ReturnAwaiters.ValueInside(method.ReturnType) ?? method.ReturnType;
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var answers = properties.Where(p => p.IsDefined(typeof(HttpResultAttribute))).ToArray();
        var outputs = properties.SelectMany(p => p.GetCustomAttributes<OutputBindingAttribute>().Select(a => Output(a, p, where, disabled, reasons))).OfType<QueueOutput>().ToArray();
        if (answers.Length > 1)
            reasons.Add($"its result class {type.Name} has {answers.Length} properties with [HttpResult]; it takes one");

        if (answers.Length == 0 && outputs.Length > 0 && properties.FirstOrDefault(p => IsAnswer(p.PropertyType)) is { } unmarked)
            reasons.Add($"the property {type.Name}.{unmarked.Name} is an HTTP answer without [HttpResult]; add the attribute");

        return new ResultShape(
            answers.Length == 1 ? MethodInvoker.Create(answers[0].GetMethod!) : null,
            AnswersHttp: answers.Length == 1 || outputs.Length == 0,
            outputs);
    }

    private QueueOutput? Output(OutputBindingAttribute attribute, PropertyInfo? property, string where, bool disabled, List<string> reasons)
    {
        if (attribute is not QueueOutputAttribute queue)
        {
            reasons.Add($"the output binding [{Names.Of(attribute)}] is not supported here; [QueueOutput] is");
            return null;
        }

        var (name, connection) = queues.Resolve(queue.QueueName, queue.Connection, where, disabled);
        return new QueueOutput(name, connection, property?.GetMethod is { } get ? MethodInvoker.Create(get) : null);
    }

    private static bool IsAnswer(Type type) => typeof(IActionResult).IsAssignableFrom(type) || typeof(IResult).IsAssignableFrom(type);
}
