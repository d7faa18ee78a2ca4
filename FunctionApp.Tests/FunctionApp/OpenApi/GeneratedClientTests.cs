using FunctionApp.Tests.LocalServers;
using LocalServers.Processes;

namespace FunctionApp.Tests.FunctionApp.OpenApi;

/// <summary>A public generator makes a client from the document, which compiles and calls the running app.</summary>
public sealed class GeneratedClientTests(RealServers servers)
{
    private const string Generator = "Microsoft.OpenApi.Kiota";
    private const string GeneratorVersion = "1.38.0";
    private const string Key = "a-function-key-of-this-test";

    // Of the client's libraries, as the generator asks for them.
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.Kiota.Http.HttpClientLibrary" Version="2.1.6" />
            <PackageReference Include="Microsoft.Kiota.Serialization.Form" Version="2.1.6" />
            <PackageReference Include="Microsoft.Kiota.Serialization.Json" Version="2.1.6" />
            <PackageReference Include="Microsoft.Kiota.Serialization.Multipart" Version="2.1.6" />
            <PackageReference Include="Microsoft.Kiota.Serialization.Text" Version="2.1.6" />
          </ItemGroup>
        </Project>
        """;

    // The generator's own provider of keys sends them over TLS only.
    private const string Program = """
        using Generated;
        using Generated.Models;
        using Microsoft.Kiota.Abstractions.Authentication;
        using Microsoft.Kiota.Http.HttpClientLibrary;

        using var http = new HttpClient { DefaultRequestHeaders = { { "x-functions-key", args[1] } } };
        var jobs = new JobsClient(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http) { BaseUrl = args[0] }).Jobs;
        var job = await jobs.MathAdd.PostAsync(new() { MathAddArguments = new() { X = 2, Y = 3 } }, request => request.QueryParameters.Wait = "30s");
        Console.WriteLine($"{job!.State} {job.Result}");
        Console.WriteLine((await jobs[job.Id!.Value].GetAsync())!.Name);
        try
        {
            await jobs.DemoSleep.PostAsync(new() { DemoSleepArguments = new() { Seconds = -1 } });
        }
        catch (BadJobProblem problem)
        {
            Console.WriteLine($"{problem.Type}: {problem.Errors!.AdditionalData.Keys.Single()}");
        }
        """;

    private static readonly ProgramSearch Programs = new(null);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Client_MadeByAPublicGenerator_AddsTwoNumbers()
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["FunctionKeys:test"] = Key });
        app.Http.DefaultRequestHeaders.Add("x-functions-key", Key);
        // Not below the repository: its build settings are not the client's.
        var folder = Directory.CreateTempSubdirectory("lovage-client-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "openapi.json"), await app.Http.GetStringAsync(new Uri("api/openapi.json", UriKind.Relative)), Cancellation);
            await File.WriteAllTextAsync(Path.Combine(folder, "client.csproj"), Project, Cancellation);
            await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Program, Cancellation);
            await RunAsync(await InstallAsync(), folder, "generate", "-l", "CSharp", "-d", "openapi.json", "-o", "Generated", "-n", "Generated", "-c", "JobsClient", "--ll", "Error");
            var dotnet = Programs.Find("dotnet")!;
            await RunAsync(dotnet, folder, "build", "-v", "quiet", "--disable-build-servers", "-o", "out");
            var said = await RunAsync(dotnet, folder, "out/client.dll", new Uri(app.Http.BaseAddress!, "api").AbsoluteUri, Key);
            Assert.Equal(["Succeeded 5", "math.add", "UrnLovageProblemInvalidArguments: seconds"], said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(Directory.CreateDirectory(RunFolder.SharedNpm).Parent!.FullName, "tools", $"kiota-{GeneratorVersion}");
        if (!Directory.Exists(folder))
        {
            var draft = folder + ".installing";
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
            Directory.CreateDirectory(draft);
            await RunAsync(Programs.Find("dotnet")!, draft, "tool", "install", Generator, "--version", GeneratorVersion, "--tool-path", ".");
            Directory.Move(draft, folder);
        }
        return Path.Combine(folder, OperatingSystem.IsWindows() ? "kiota.exe" : "kiota");
    }

    private static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        var run = await ProgramRun.ToEndAsync(Programs, program, folder, arguments, Cancellation);
        Assert.True(run.ExitCode == 0, run.Output);
        return run.Output;
    }
}
