using System.Diagnostics;
using System.Text;

namespace LocalServers.Processes;

/// <summary>A program that ran to its end.</summary>
/// <param name="ExitCode">0 if all went well.</param>
/// <param name="Output">What it wrote, output and errors in the order of arrival.</param>
internal sealed record ProgramRun(int ExitCode, string Output)
{
    private const int LinesShown = 8;

    /// <summary>The end of its output, indented, for an error message.</summary>
    public string LastLines => Tail(Output);

    public static async Task<ProgramRun> ToEndAsync(
        ProgramSearch programs, string program, string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        // npm is a script that looks for node itself.
        start.Environment["PATH"] = programs.Path;
        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        // Whoever would ask something gets no answer rather than a wait for ever.
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new(process.ExitCode, output.ToString());

        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (output) output.AppendLine(line.Data);
        }
    }

    /// <summary>The last lines of a text that say something, indented.</summary>
    public static string Tail(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join(Environment.NewLine, lines.TakeLast(LinesShown).Select(line => "    " + line));
    }
}
