using System.Diagnostics;
using LocalServers;
using Npgsql;

namespace FunctionApp.Tests.LocalServers.Postgres;

/// <summary>A real PostgreSQL for one test run, on a free port of loopback, with a folder of its own. It ends with this process, however that ends.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    // The server lives as long as the pipe to this shell: a killed test run closes it too. INT is its fast shutdown.
    private const string Guard = """
        "$@" >/dev/null 2>&1 &
        server=$!
        read -r _
        kill -INT $server
        wait $server
        """;

    private readonly DirectoryInfo folder;
    private readonly Process guard;

    private PostgresServer(DirectoryInfo folder, Process guard, int port)
    {
        (this.folder, this.guard) = (folder, guard);
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=lovage;Database=postgres";
    }

    /// <summary>For the database <c>postgres</c>: to make others with.</summary>
    public string ConnectionString { get; }

    /// <summary>Where the server's programs are; null if it is not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "postgres")))
        : null;

    public static async Task<PostgresServer> StartAsync(CancellationToken cancellation)
    {
        // Not below the checkout: the server's own user may not be able to go there.
        var folder = Directory.CreateTempSubdirectory("lovage-postgres-");
        var data = Path.Combine(folder.FullName, "data");
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", ["postgres", folder.FullName], cancellation);
        string[] initialise = [.. AsOwner(), Path.Combine(Programs!, "initdb"), "--pgdata", data, "--username", "lovage", "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"];
        await RunAsync(initialise[0], initialise[1..], cancellation);

        var port = LocalPort.Free();
        // What is lost with the machine is no loss to a test.
        string[] serve =
        [
            .. AsOwner(), Path.Combine(Programs!, "postgres"), "-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={folder.FullName}",
            "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=200",
        ];
        var guard = Process.Start(new ProcessStartInfo("sh", ["-c", Guard, "sh", .. serve]) { RedirectStandardInput = true, WorkingDirectory = folder.FullName })!;
        var server = new PostgresServer(folder, guard, port);
        await server.WaitAsync(cancellation);
        return server;
    }

    /// <summary>A new empty database.</summary>
    public async Task<string> NewDatabaseAsync(CancellationToken cancellation)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync(cancellation);
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name, Pooling = true, MaxPoolSize = 10 }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
        guard.Dispose();
        folder.Delete(recursive: true);
    }

    // The server refuses to run as root.
    private static string[] AsOwner() => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : [];

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await output}{await error}");
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limits.Signal);
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString);
                await connection.OpenAsync(limit.Token);
                return;
            }
            catch (NpgsqlException) when (!guard.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
            }
        }
    }
}
