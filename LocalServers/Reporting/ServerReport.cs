namespace LocalServers.Reporting;

/// <summary>Few, aligned lines, one writer for servers that are started side by side. On a terminal the last line may be one that is still counting.</summary>
internal sealed class ServerReport(TextWriter output, bool isTerminal)
{
    private const int NameWidth = 10;
    private const string EraseLine = "\r\e[K";

    private readonly Lock gate = new();
    private readonly HashSet<string> announced = [];
    private (string Server, string Line)? counting;

    /// <summary>A step that is over, above the line that is still counting.</summary>
    public void Line(string server, string text)
    {
        lock (gate)
        {
            if (counting is not null) output.Write(EraseLine);
            output.WriteLine(server.PadRight(NameWidth) + text);
            if (counting is { } unfinished) output.Write(unfinished.Line);
            output.Flush();
        }
    }

    /// <summary>A step that took long is over, well or not: its line goes, so that what follows begins at the left.</summary>
    public void EndCount(string server)
    {
        lock (gate)
        {
            announced.Remove(server);
            if (counting?.Server != server) return;
            output.Write(EraseLine);
            output.Flush();
            counting = null;
        }
    }

    /// <summary>A step that takes long: rewritten in place on a terminal, said once where lines cannot be rewritten.</summary>
    public void Count(string server, string text, TimeSpan elapsed)
    {
        lock (gate)
        {
            var isFirst = announced.Add(server);
            var line = server.PadRight(NameWidth) + text;
            if (isTerminal)
            {
                counting = (server, $"{line} {(int)elapsed.TotalSeconds} s");
                output.Write(EraseLine + counting.Value.Line);
            }
            else if (isFirst)
            {
                output.WriteLine(line);
            }

            output.Flush();
        }
    }
}
