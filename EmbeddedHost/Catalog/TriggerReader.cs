using System.Reflection;
using EmbeddedHost.Configuration;
using EmbeddedHost.Http;
using EmbeddedHost.Queues;
using EmbeddedHost.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EmbeddedHost.Catalog;

/// <summary>Reads a trigger attribute and binds the parameters beside it.</summary>
internal sealed class TriggerReader(string routePrefix, QueueNames queues, SettingNames settings, Problems problems)
{
    public TriggerEntry? Read(ParameterInfo parameter, string function, string where, bool disabled, List<string> reasons)
    {
        switch (parameter.GetCustomAttribute<TriggerBindingAttribute>())
        {
            case HttpTriggerAttribute http:
                return HttpTriggerEntry.Read(http, parameter.Name!, function, routePrefix, reasons);

            case QueueTriggerAttribute queue:
                var (name, connection) = queues.Resolve(queue.QueueName, queue.Connection, where, disabled);
                return new QueueTriggerEntry(parameter.Name!, name, connection);

            case TimerTriggerAttribute timer:
                // A function that is switched off may lack its settings, as on the stock host.
                var text = settings.Resolve(timer.Schedule, where, disabled ? new Problems() : problems);
                return TimerTriggerEntry.Read(timer, parameter.Name!, text, disabled, reasons);

            case var other:
                reasons.Add($"the trigger [{Names.Of(other!)}] is not supported here; [HttpTrigger], [QueueTrigger] and [TimerTrigger] are");
                return null;
        }
    }

    public static ParameterBinder? Bind(TriggerEntry trigger, ParameterInfo parameter, List<string> reasons)
    {
        if (parameter.ParameterType == typeof(FunctionContext))
            return context => context;
        if (parameter.ParameterType == typeof(CancellationToken))
            return context => context.CancellationToken;

        var binder = trigger switch
        {
            HttpTriggerEntry http => HttpParameters.Bind(parameter, http),
            QueueTriggerEntry queue => QueueParameters.Bind(parameter, queue),
            _ => TimerParameters.Bind(parameter, trigger),
        };
        if (binder is null)
            reasons.Add($"the parameter '{parameter.Name}' of type {parameter.ParameterType.Name} cannot be bound; {Accepted(trigger.Kind)}");

        return binder;
    }

    private static string Accepted(TriggerKind kind) => kind switch
    {
        TriggerKind.Http => "an HTTP function takes HttpRequest, FunctionContext, CancellationToken, route values and simple query values",
        TriggerKind.Queue => "a queue function takes its message as string, byte[], BinaryData, QueueMessage or a class read from JSON, FunctionContext and CancellationToken",
        _ => "a timer function takes TimerInfo, FunctionContext and CancellationToken",
    };
}
