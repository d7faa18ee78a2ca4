using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Lovage.Jobs;
using Lovage.Store;

namespace FunctionApp.Http.Events;

/// <summary>Writes server-sent events (WHATWG HTML, 9.2): lines of fields, and an empty line after each event.</summary>
internal sealed class EventWriter(PipeWriter output)
{
    /// <summary>Says after which time to connect again when the stream has ended; also sends the headers, so that the caller knows that it is connected.</summary>
    public Task BeginAsync(CancellationToken cancellation) => SendAsync("retry: 2000\n\n", cancellation);

    /// <summary>A comment: what sits between keeps a connection that is not silent.</summary>
    public Task HeartbeatAsync(CancellationToken cancellation) => SendAsync(": still here\n\n", cancellation);

    /// <summary>All changes of a job after the one that was seen last.</summary>
    /// <returns>The last one seen now.</returns>
    public async Task<long> WriteAsync(JobRecord job, long seen, CancellationToken cancellation)
    {
        // A number that was never reached is of another store's life: then nothing of this one was seen.
        var after = job.Changes is [.., { } last] && last.Number < seen ? 0 : seen;
        foreach (var change in job.Changes.Where(change => change.Number > after))
        {
            Write(change, change == job.Changes[^1] ? job : null);
            after = change.Number;
        }
        await output.FlushAsync(cancellation);
        return after;
    }

    private void Write(JobChange change, JobRecord? latest)
    {
        Text(change.State is null ? "event: progress\nid: " : "event: state\nid: ");
        Text(change.Number.ToString(CultureInfo.InvariantCulture));
        Text("\ndata: ");
        // Without indentation JSON has no line breaks.
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            if (change.State is { } state)
                json.WriteString("state"u8, StateText.Of(state));
            if (change.Progress is { } progress)
                JobAnswer.WriteFields(json, progress);
            json.WriteString("at"u8, change.At);
            // The last event brings the whole job: nobody need ask once more.
            if (latest?.FinishedAt is not null)
            {
                json.WritePropertyName("job"u8);
                JobAnswer.Write(json, latest, toOperator: false);
            }
            json.WriteEndObject();
        }
        Text("\n\n");
    }

    private async Task SendAsync(string text, CancellationToken cancellation)
    {
        Text(text);
        await output.FlushAsync(cancellation);
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, output);
}
