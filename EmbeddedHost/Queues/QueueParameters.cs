using System.Reflection;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using EmbeddedHost.Catalog;
using EmbeddedHost.Invocation;

namespace EmbeddedHost.Queues;

/// <summary>Binds the message of queue functions.</summary>
internal static class QueueParameters
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    public static ParameterBinder? Bind(ParameterInfo parameter, QueueTriggerEntry trigger)
    {
        var type = parameter.ParameterType;
        if (parameter.Name != trigger.Parameter)
            return null;
        if (type == typeof(QueueMessage))
            return Message;
        if (type == typeof(string))
            return context => Message(context).Body.ToString();
        if (type == typeof(byte[]))
            return context => Message(context).Body.ToArray();
        if (type == typeof(BinaryData))
            return context => Message(context).Body;
        if (type.IsInterface || type.IsAbstract || type.Namespace?.StartsWith("Microsoft.Azure", StringComparison.Ordinal) == true)
            return null;

        return context => JsonSerializer.Deserialize(Message(context).Body, type, Json);
    }

    private static QueueMessage Message(EmbeddedFunctionContext context) => (QueueMessage)context.Event;
}
