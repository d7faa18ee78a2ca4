using FunctionApp.Tests.FunctionApp.Accounts;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin.Accounts;

/// <summary>What is typed, and what is wrong with it.</summary>
public sealed class AccountInputTests(RealServers servers)
{
    private static readonly string[] Create = ["accounts", "create", "ada@example.com", "--name", "Ada"];

    [Fact]
    public async Task Create_BadFields_AreALineEach()
    {
        var answer = (await Cli.Alone(servers).With(input: "short\n").RunAsync("accounts", "create", "ada", "--name", "A\nda", "--password-stdin")).Expect(1);
        Assert.Equal(
            [
                "name: It takes 1 to 100 characters on one line.",
                "email: It is no e-mail address, such as name@example.com, of 254 characters at most.",
                "password: It takes 10 to 128 characters; any will do.",
            ],
            answer.ErrorLines);
        Assert.Empty(answer.Out);
        Assert.Equal("password: It is required.", Assert.Single((await Cli.Alone(servers).RunAsync([.. Create, "--password-stdin"])).Expect(1).ErrorLines));
        var problem = (await Cli.Alone(servers).With(input: "short\n").RunAsync([.. Create, "--password-stdin", "--json"])).Expect(1).Problem;
        Assert.Equal("It takes 10 to 128 characters; any will do.", problem.GetProperty("errors").GetProperty("password")[0].GetString());
    }

    [Fact]
    public async Task Create_OnATerminal_AsksTwiceAndShowsNothing()
    {
        var cli = Cli.Alone(servers);
        string[] words = [AccountCaller.Password, $"x\b\b{AccountCaller.Password[..5]}x\b{AccountCaller.Password[5..]}"];
        var answer = (await cli.With(isTerminal: true, input: $"{words[0]}\n{words[1]}\n").RunAsync(Create)).Expect(0);
        Assert.Equal("Password: \nOnce more: \n", answer.Error.ReplaceLineEndings("\n"));
        Assert.True(Guid.TryParse(answer.Out, out _));
    }

    [Fact]
    public async Task Create_TwoPasswords_IsRefused()
    {
        var cli = Cli.Alone(servers);
        var answer = (await cli.With(isTerminal: true, input: $"{AccountCaller.Password}\nwrong horse battery\n").RunAsync(Create)).Expect(1);
        Assert.Equal("These are two passwords. No account was made.", answer.ErrorLines[^1]);
        Assert.Contains("no account", (await cli.RunAsync("accounts", "lock", "ada@example.com")).Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NobodyToAsk_NeedsPasswordStdin() =>
        Assert.Contains("give --password-stdin", (await Cli.Alone(servers).With(input: AccountCaller.Password).RunAsync(Create)).Expect(1).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("Option '--name' is required.", "create", "ada@example.com", "--password-stdin")]
    [InlineData("Unrecognized command or argument '--password=x'.", "create", "ada@example.com", "--name", "Ada", "--password=x")]
    [InlineData("There is no account with the address 'nobody@example.com'.", "lock", "nobody@example.com")]
    [InlineData("'--for' and '--unlock' do not go together.", "lock", "ada@example.com", "--for", "30d", "--unlock")]
    [InlineData("'--for' cannot be read: it takes a whole number with ", "lock", "ada@example.com", "--for", "soon")]
    // A lock no longer than that of wrong passwords would be lifted by a new password as theirs is.
    [InlineData("'--for' cannot be used: it takes more than 15 min, for which wrong passwords lock (Accounts:LockedFor), and 36500d at most.", "lock", "ada@example.com", "--for", "15m")]
    [InlineData("'--for' cannot be used: it takes more than 15 min, ", "lock", "ada@example.com", "--for", "99999999d")]
    public async Task WhatCannotBeUsed_IsRefused(string expected, params string[] words) =>
        Assert.StartsWith(expected, (await Cli.Alone(servers).With(input: AccountCaller.Password).RunAsync(["accounts", .. words])).Expect(1).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Lock_RedisDown_LocksAndWarns()
    {
        var redis = RealServers.NewRedisConnectionString();
        var cli = Cli.Alone(servers, redis: redis, storage: RealServers.NewStorageConnectionString()).With(input: AccountCaller.Password);
        var id = (await cli.RunAsync([.. Create, "--password-stdin"])).Expect(0).Out.Trim();
        var answer = (await cli.RunAsync("accounts", "lock", "ada@example.com")).Expect(0);
        Assert.Equal($"{id}  ada@example.com  locked", answer.Out.Trim());
        Assert.StartsWith($"Redis does not answer on {redis} (", Assert.Single(answer.ErrorLines), StringComparison.Ordinal);
    }
}
