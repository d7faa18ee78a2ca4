using EmbeddedHost.Catalog;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Timers;

/// <summary>A timer trigger.</summary>
/// <param name="Parameter">The parameter that carries the attribute.</param>
/// <param name="Text">The schedule as written, settings replaced.</param>
/// <param name="Schedule">The schedule; null only in a function that is switched off.</param>
/// <param name="RunOnStartup">Whether it also runs once at start.</param>
/// <param name="UseMonitor">Whether the function is told of its occurrences.</param>
internal sealed record TimerTriggerEntry(string Parameter, string Text, TimerSchedule? Schedule, bool RunOnStartup, bool UseMonitor) : TriggerEntry(TriggerKind.Timer, Parameter)
{
    public override string BindingType => "timerTrigger";

    public static TimerTriggerEntry Read(TimerTriggerAttribute attribute, string parameter, string text, bool disabled, List<string> reasons)
    {
        var schedule = TimerSchedule.Parse(text);
        if (schedule is null && !disabled && !text.Contains('%', StringComparison.Ordinal))
            reasons.Add($"its schedule '{text}' cannot be read; it takes six fields (second minute hour day month weekday) or a time span (hh:mm:ss)");

        return new TimerTriggerEntry(parameter, text, schedule, attribute.RunOnStartup, attribute.UseMonitor);
    }

    public override HostedFunction Describe(string function, bool disabled, Uri baseAddress) =>
        new(function, Kind, [], Url: null, Queue: null, Text, disabled);
}
