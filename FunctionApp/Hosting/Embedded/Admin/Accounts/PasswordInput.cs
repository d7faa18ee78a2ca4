using System.Text;
using FunctionApp.Http;

namespace FunctionApp.Hosting.Admin.Accounts;

/// <summary>A new password, from a person or a pipe.</summary>
internal static class PasswordInput
{
    /// <exception cref="RefusedException">Nobody can be asked, or the two that were typed differ.</exception>
    public static async Task<string> ReadAsync(Verb verb, bool fromStandardInput)
    {
        if (fromStandardInput)
            return await WaitAsync(verb, () => verb.Console.In().ReadLine()) ?? "";
        if (!verb.Console.InIsTerminal)
            throw Refuse("Nobody can be asked for the password here: give --password-stdin, and the password in the first line of standard input.");
        var password = await AskAsync(verb, "Password: ");
        return password == await AskAsync(verb, "Once more: ") ? password : throw Refuse("These are two passwords. No account was made.");
    }

    private static async Task<string> AskAsync(Verb verb, string question)
    {
        await verb.Console.Error.WriteAsync(question);
        await verb.Console.Error.FlushAsync();
        try
        {
            return await WaitAsync(verb, () => ReadHidden(verb.Console.Key));
        }
        finally
        {
            await verb.Console.Error.WriteLineAsync();
        }
    }

    // The console blocks, whatever it is called.
    private static Task<T> WaitAsync<T>(Verb verb, Func<T> read) => Task.Run(read).WaitAsync(verb.Stop);

    private static string ReadHidden(Func<ConsoleKeyInfo> next)
    {
        var text = new StringBuilder();
        while (next() is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key is not ConsoleKey.Backspace && !char.IsControl(key.KeyChar))
                text.Append(key.KeyChar);
            else if (key.Key is ConsoleKey.Backspace && text.Length > 0)
                text.Length--;
        }
        return text.ToString();
    }

    private static RefusedException Refuse(string detail) => new(Problems.BadParameter("password", detail));
}
