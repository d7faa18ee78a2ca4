using System.Reflection;
using EmbeddedHost.Catalog;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Timers;

/// <summary>Binds the parameter of timer functions.</summary>
internal static class TimerParameters
{
    public static ParameterBinder? Bind(ParameterInfo parameter, TriggerEntry trigger) =>
        parameter.ParameterType == typeof(TimerInfo) && parameter.Name == trigger.Parameter ? context => (TimerInfo)context.Event : null;
}
