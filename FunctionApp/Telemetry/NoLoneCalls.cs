using System.Diagnostics;
using OpenTelemetry.Trace;

namespace FunctionApp.Telemetry;

/// <summary>Takes every trace but those that begin with an outgoing call: the queue listener asks its queue several times a second, for ever.</summary>
internal sealed class NoLoneCalls : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind is ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
