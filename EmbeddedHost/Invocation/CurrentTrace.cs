using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Invocation;

/// <summary>The trace that is current when an invocation is first asked for it.</summary>
internal sealed class CurrentTrace : TraceContext
{
    public override string TraceParent { get; } = Activity.Current?.Id ?? "";

    public override string TraceState { get; } = Activity.Current?.TraceStateString ?? "";
}
