using LocalServers.Processes;
using LocalServers.Reporting;

namespace LocalServers;

/// <summary>One server: found, taken over, or started; stopped by the one it belongs to. Its calls are made one after the other.</summary>
public sealed class LocalServer : IAsyncDisposable
{
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly ServerRecipe recipe;
    private readonly ServerFolder folder;
    private readonly ServerReport report;
    private readonly LocalServerOptions options;
    private ProcessIdentity? process;

    internal LocalServer(ServerRecipe recipe, ServerFolder folder, ServerReport report, LocalServerOptions options) =>
        (this.recipe, this.folder, this.report, this.options) = (recipe, folder, report, options);

    /// <summary>What it is: <c>Azurite</c> or <c>Redis</c>.</summary>
    public string Name => recipe.Name;

    /// <summary>Host and port, or ports.</summary>
    public string Address => recipe.Address;

    /// <summary>What answers there, with its version: <c>Garnet 2.2.8</c>. Empty if it is missing.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Where it came from, and so who stops it.</summary>
    public LocalServerOrigin Origin { get; private set; }

    /// <summary>The number of its process; null if it is not this run's to stop, or does not run.</summary>
    public int? Pid => process?.Pid;

    internal async Task EnsureAsync(CancellationToken cancellationToken)
    {
        using var alone = await FileLock.EnterAsync(folder.Lock(recipe.Key), SayWaiting, options.Clock, cancellationToken);
        var answer = await recipe.ProbeAsync(cancellationToken);
        var left = ServerState.Read(folder.State(recipe.Key));
        var isLeftBehind = left is not null && left.Server.IsAlive() && !left.Owner.IsAlive();
        var isAtThisPort = isLeftBehind && left!.Port == recipe.Port;

        if (answer.State is ProbeState.Ready or ProbeState.Loading)
        {
            if (isAtThisPort) Adopt(left!, answer);
            else Find(answer);
        }
        else if (answer.State is ProbeState.Stranger && !isAtThisPort)
        {
            throw new LocalServerException(
                $"{Name} is expected on {Address}, but something else has that port: {answer.Description}. Stop that program, or configure another port.");
        }
        else if (!options.StartMissing)
        {
            report.Line(Name, $"is missing: nothing answers on {Address}, and starting it is switched off. {recipe.WaysOut}");
        }
        else
        {
            if (isLeftBehind) await ReplaceAsync(left!, cancellationToken);
            else if (left is not null && left.Server.IsAlive()) throw InUse(left);
            await StartAsync(cancellationToken);
        }
    }

    /// <summary>Starts it, again on the same port and data if it was killed, and waits until it answers.</summary>
    /// <param name="cancellationToken">Gives up, and ends what was started.</param>
    /// <exception cref="LocalServerException">A program is missing, or the server ended or did not answer in time.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Origin is LocalServerOrigin.Found) throw new LocalServerException($"{Name} on {Address} was found running; it is not this run's to start.");
        if (process?.IsAlive() == true) throw new LocalServerException($"{Name} on {Address} runs already, as process {process.Pid}.");
        var command = await recipe.PrepareAsync(cancellationToken);
        var began = options.Clock.GetTimestamp();
        process = DetachedProcess.Start(command, folder.Root, folder.Log(recipe.Key));
        try
        {
            new ServerState(process, ProcessIdentity.Current(), recipe.Port).Write(folder.State(recipe.Key));
            Description = await WaitUntilReadyAsync(command, began, cancellationToken);
        }
        catch
        {
            ProcessSignal.End(process);
            process = null;
            throw;
        }

        Origin = LocalServerOrigin.Started;
        var data = command.DataFolder is null ? "nothing kept on disk" : $"data in {ServerFolder.Shown(command.DataFolder)}";
        report.Line(Name, $"started on {Address} in {Seconds(began)}: {Description}, {data}");
    }

    /// <summary>Ends the server as a crash would (kill −9), keeping its data. <see cref="StartAsync"/> starts it again.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="LocalServerException">It is not this run's server.</exception>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        if (process is null) throw new LocalServerException($"{Name} on {Address} is not this run's to kill ({Origin}).");
        ProcessSignal.End(process);
        await process.WaitForEndAsync(options.StopLimit, options.Clock, cancellationToken);
        process = null;
    }

    /// <summary>Stops it if this run started it or took it over: asks first, so that it saves its data, and kills it when the limit is over.</summary>
    public async Task StopAsync()
    {
        if (process is not { } running) return;
        // Another run that looks now would find a server that is about to end.
        using var alone = await FileLock.EnterAsync(folder.Lock(recipe.Key), () => { }, options.Clock, CancellationToken.None);
        var began = options.Clock.GetTimestamp();
        var ended = await EndAsync(running, CancellationToken.None);
        process = null;
        report.Line(Name, ended ? $"stopped in {Seconds(began)}" : $"did not end within {options.StopLimit.TotalSeconds} s and was killed");
        if (ServerState.Read(folder.State(recipe.Key))?.Server == running) File.Delete(folder.State(recipe.Key));
    }

    /// <inheritdoc cref="StopAsync"/>
    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>For the last moment of a process: ends it at once if it is this run's.</summary>
    public void Abandon()
    {
        if (process is { } running) ProcessSignal.End(running);
    }

    private void SayWaiting() => report.Line(Name, "is being started by another run; waiting for it");

    private void Find(ProbeAnswer answer)
    {
        (Origin, Description) = (LocalServerOrigin.Found, answer.Description);
        report.Line(Name, $"found on {Address}: {Description} that was already running");
    }

    private void Adopt(ServerState left, ProbeAnswer answer)
    {
        (Origin, Description, process) = (LocalServerOrigin.Adopted, answer.Description, left.Server);
        (left with { Owner = ProcessIdentity.Current() }).Write(folder.State(recipe.Key));
        report.Line(Name, $"taken over on {Address}: {Description}, left behind by a run that ended without stopping it");
    }

    private async Task ReplaceAsync(ServerState left, CancellationToken cancellationToken)
    {
        report.Line(Name, $"left behind by an earlier run (process {left.Server.Pid}), does not answer on {Address}; it is replaced");
        await EndAsync(left.Server, cancellationToken);
    }

    private LocalServerException InUse(ServerState left) => new(
        $"{Name} does not answer on {Address}, and its data in {ServerFolder.Shown(folder.Root)} is in use: process {left.Owner.Pid}, which still runs, "
        + $"started it on port {left.Port} as process {left.Server.Pid}. Stop that run first, or use another data folder.");

    private async Task<bool> EndAsync(ProcessIdentity running, CancellationToken cancellationToken)
    {
        ProcessSignal.AskToEnd(running);
        if (await running.WaitForEndAsync(CloseLimit, options.Clock, cancellationToken)) return true;
        // Azurite saves, closes its ports, and then may wait without limit for a connection that a client keeps open: it has nothing left to lose.
        var hasClosed = (await recipe.ProbeAsync(cancellationToken)).State is ProbeState.Nothing;
        if (!hasClosed && await running.WaitForEndAsync(options.StopLimit, options.Clock, cancellationToken)) return true;
        ProcessSignal.End(running);
        await running.WaitForEndAsync(options.StopLimit, options.Clock, cancellationToken);
        return hasClosed;
    }

    private async Task<string> WaitUntilReadyAsync(ServerCommand command, long began, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await recipe.ProbeAsync(cancellationToken);
            if (!process!.IsAlive()) throw Failed($"ended after {Seconds(began)}");
            if (answer.State is ProbeState.Ready) return answer.Description;
            if (options.Clock.GetElapsedTime(began) > options.StartLimit)
                throw Failed($"did not answer on {Address} within {options.StartLimit.TotalSeconds} s");
            await Task.Delay(ProbePause, options.Clock, cancellationToken);
        }

        LocalServerException Failed(string what)
        {
            var log = folder.Log(recipe.Key);
            var message = $"{command.Description} {what}. The end of {ServerFolder.Shown(log)}:";
            return new(string.Join(Environment.NewLine, message, ProgramRun.Tail(File.ReadAllText(log)), recipe.WaysOut));
        }
    }

    private string Seconds(long began) => $"{options.Clock.GetElapsedTime(began).TotalSeconds:0.0} s";
}
