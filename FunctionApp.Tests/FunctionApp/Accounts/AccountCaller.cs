using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.Accounts;

/// <summary>A person with a browser and a mailbox.</summary>
internal sealed class AccountCaller(HttpClient http, string? email = null)
{
    public const string Password = "correct horse battery";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public string Email { get; } = email ?? $"{Guid.NewGuid():N}@example.com";

    /// <summary>Sent as the bearer token, once there is one.</summary>
    public string? Token { get; set; }

    public Task<HttpResponseMessage> PostAsync(string path, object form) => SendAsync(HttpMethod.Post, path, form);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? form = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"api/account/{path}", UriKind.Relative));
        if (form is not null)
            request.Content = JsonContent.Create(form);
        if (Token is not null)
            request.Headers.Authorization = new("Bearer", Token);
        return await http.SendAsync(request);
    }

    /// <summary>The status of the answer, and its body.</summary>
    public async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpMethod method, string path, object? form = null)
    {
        using var response = await SendAsync(method, path, form);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task<(HttpStatusCode Status, string Body)> RegisterAsync(string name = "Ada") => AskAsync(HttpMethod.Post, "register", new { name, email = Email, password = Password });

    /// <summary>Registers and confirms.</summary>
    public async Task JoinAsync()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await RegisterAsync()).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await ConfirmAsync(await LinkAsync("Confirm your e-mail address"))).Status);
    }

    public async Task<HttpStatusCode> SignInAsync(string password = Password)
    {
        using var response = await PostAsync("sign-in", new { email = Email, password });
        if (response.IsSuccessStatusCode)
            Token = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        return response.StatusCode;
    }

    public Task<(HttpStatusCode Status, string Body)> ConfirmAsync(AccountLink link) => AskAsync(HttpMethod.Post, "confirm", new { user = link.User, token = link.Token });

    public Task<(HttpStatusCode Status, string Body)> ResetAsync(AccountLink link, string password) =>
        AskAsync(HttpMethod.Post, "reset-password", new { user = link.User, token = link.Token, password });

    /// <summary>Waits for a mail, and gives the link in it.</summary>
    public async Task<AccountLink> LinkAsync(string subject)
    {
        var mail = (await MailsAsync(subject))[0];
        var read = await http.GetFromJsonAsync<JsonElement>(new Uri($"mailbox/api/mails/{mail.GetProperty("id").GetString()}", UriKind.Relative));
        return AccountLink.Of(read.GetProperty("links")[0].GetString()!);
    }

    /// <summary>Waits until so many mails of a subject are there; the newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> MailsAsync(string subject, int count = 1)
    {
        using var limit = new CancellationTokenSource(Limits.Signal);
        while (true)
        {
            var mails = (await AllMailsAsync()).Where(mail => mail.GetProperty("subject").GetString() == subject).ToList();
            if (mails.Count >= count)
                return mails;
            await Task.Delay(Pause, TimeProvider.System, limit.Token);
        }
    }

    public async Task<IReadOnlyList<JsonElement>> AllMailsAsync(int atLeast = 0)
    {
        using var limit = new CancellationTokenSource(Limits.Signal);
        while (true)
        {
            var mails = (await http.GetFromJsonAsync<JsonElement>(new Uri($"mailbox/api/mails?to={Email}", UriKind.Relative), limit.Token)).EnumerateArray().ToList();
            if (mails.Count >= atLeast)
                return mails;
            await Task.Delay(Pause, TimeProvider.System, limit.Token);
        }
    }
}
