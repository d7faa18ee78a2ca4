using System.CommandLine;
using System.Text.Json;
using FunctionApp.Accounts.Administration;
using FunctionApp.Accounts.Forms;
using FunctionApp.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Hosting.Admin.Accounts;

/// <summary><c>accounts create</c>.</summary>
internal static class CreateVerb
{
    public static Command Make(VerbRunner runner)
    {
        var email = AccountArgument.Make();
        var name = new Option<string>("--name") { Description = "How they want to be called.", Required = true };
        var passwordStdin = new Option<bool>("--password-stdin") { Description = "Take the first line of standard input as the password. Needed where nobody can be asked." };
        var command = new VerbCommand(
            "create", "Makes an account that can sign in at once, without a mail. Asks for its password.", "accounts create ada@example.com --name \"Ada Lovelace\"",
            "accounts create ada@example.com --name \"Ada Lovelace\" --password-stdin < password.txt")
        {
            email,
            name,
            passwordStdin,
        };
        command.Notes = ["A password is no option: other users of a machine see what is typed there."];
        command.SetAction((parsed, stop) => runner.RunAsync(
            parsed, Servers.Database, verb => CreateAsync(verb, parsed.GetRequiredValue(name), parsed.GetRequiredValue(email), parsed.GetValue(passwordStdin)), stop));
        return command;
    }

    private static async Task<VerbAnswer> CreateAsync(Verb verb, string name, string email, bool passwordStdin)
    {
        var password = await PasswordInput.ReadAsync(verb, passwordStdin);
        // As who registers fills it in.
        var form = FormReader.Read<RegisterForm>(JsonSerializer.SerializeToElement(new { name, email, password }));
        await using var scope = verb.Services.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<AccountAdministration>().CreateAsync(form.Name!, form.Email!, form.Password!)
            ?? throw new RefusedException(Problems.Of(StatusCodes.Status409Conflict, "address-taken", "Address taken", $"There is an account with the address '{email}' already."));
        return new(Results.Json(new { account.Id }), page => page.Line($"{account.Id}"));
    }
}
