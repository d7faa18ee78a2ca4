using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace FunctionApp.Tests.Lovage.Telemetry;

/// <summary>What one container's engine measures, and which instruments it has.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly ConcurrentQueue<Measurement> all = new();
    private readonly MeterListener listener = new();

    public Measurements(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != "Lovage" || instrument.Meter.Scope != meters)
                return;
            Instruments.Enqueue(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    public ConcurrentQueue<Instrument> Instruments { get; } = new();

    public IEnumerable<Measurement> Of(string instrument) => all.Where(measurement => measurement.Instrument == instrument);

    /// <summary>The only measurement of an instrument.</summary>
    public Measurement Single(string instrument) => Assert.Single(Of(instrument));

    public void Observe() => listener.RecordObservableInstruments();

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        all.Enqueue(new(instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));

    internal sealed record Measurement(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);
}
