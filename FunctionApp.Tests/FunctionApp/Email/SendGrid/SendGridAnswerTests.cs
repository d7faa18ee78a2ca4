using System.Globalization;
using FunctionApp.Email.SendGrid;
using LocalServers;
using Lovage.Jobs;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Tests.FunctionApp.Email.SendGrid;

/// <summary>What SendGrid's answers mean to the job: accepted, refused, not accepted yet, or nobody knows.</summary>
public sealed class SendGridAnswerTests : IAsyncLifetime
{
    private const string Refusal = """
        {"errors":[
          {"message":"The to address ada@example.com (Ada <ada@example.com>) is bad.\nIt has no SG.a-key-of-this-test.","field":"personalizations.0.to.0.email","help":"http://help.example"},
          {"message":null,"field":"from"}, 17, {"message":"Too much of it"}, {"message":"a fourth"}]}
        """;

    private FakeSendGrid fake = null!;
    private SendGridClientOfTests client = null!;

    public async ValueTask InitializeAsync()
    {
        fake = await FakeSendGrid.StartAsync();
        client = new(fake.Address);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await fake.DisposeAsync();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(204)]
    public async Task Answer_2xx_IsAccepted(int status)
    {
        fake.Answer = http => Task.FromResult(http.Response.StatusCode = status);
        await client.SendAsync();
        Assert.Equal(1, fake.Requests);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    public async Task Answer_4xxAndWhatIsNone_IsRejected(int status)
    {
        fake.AnswerWith(status, Refusal, ("Location", $"{fake.Address}/elsewhere"));
        var rejection = await Assert.ThrowsAsync<RejectJobException>(() => client.SendAsync());
        Assert.Equal(
            $"SendGrid refused the mail. {status}: personalizations.0.to.0.email: The to address (address) (Ada <(address)>) is bad. It has no (key).; from",
            rejection.Message);
        Assert.Equal(1, fake.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Answer_429And5xx_IsTriedAgainLater(int status)
    {
        fake.AnswerWith(status, """{"errors":[{"message":"too many requests","field":null}]}""");
        var retry = await Assert.ThrowsAsync<RetryJobException>(() => client.SendAsync());
        Assert.Equal((TimeSpan.FromMinutes(1), $"SendGrid did not take the mail, and may later. {status}: too many requests"), (retry.Delay, retry.Message));
        Assert.Equal(1, fake.Requests);
    }

    [Theory]
    [InlineData("Retry-After", "17", 17)]
    [InlineData("Retry-After", "0", 1)]
    [InlineData("Retry-After", "7200", 3600)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:02:00 GMT", 120)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 11:00:00 GMT", 1)]
    [InlineData("Retry-After", "Wed, 01 Apr 2026 12:00:00 GMT", 3600)]
    [InlineData("Retry-After", "soon", 60)]
    [InlineData("X-RateLimit-Reset", "+30", 30)]
    [InlineData("X-RateLimit-Reset", "+7200", 3600)]
    [InlineData("X-RateLimit-Reset", "99999999999999999", 60)]
    [InlineData("X-RateLimit-Reset", "soon", 60)]
    [InlineData("X-RateLimit-Reset", "-1", 60)]
    public async Task Answer_SaysWhen_IsTriedAgainThenWithinAnHour(string header, string value, int seconds)
    {
        var sent = value.StartsWith('+') ? $"{client.Clock.GetUtcNow().ToUnixTimeSeconds() + int.Parse(value, CultureInfo.InvariantCulture)}" : value;
        fake.AnswerWith(429, "", (header, sent));
        Assert.Equal(TimeSpan.FromSeconds(seconds), (await Assert.ThrowsAsync<RetryJobException>(() => client.SendAsync())).Delay);
    }

    [Theory]
    [InlineData("<html>Bad gateway for ada@example.com</html>")]
    [InlineData("[]")]
    [InlineData("""{"errors":"ada@example.com"}""")]
    [InlineData("")]
    public async Task Answer_OfAnotherForm_IsNotQuoted(string body)
    {
        fake.AnswerWith(400, body);
        Assert.Equal("SendGrid refused the mail. 400", (await Assert.ThrowsAsync<RejectJobException>(() => client.SendAsync())).Message);
    }

    [Fact]
    public async Task Answer_LongError_IsCut()
    {
        fake.AnswerWith(400, $$"""{"errors":[{"message":"{{new string('x', 5_000)}}"}]}""");
        Assert.Equal($"SendGrid refused the mail. 400: {new string('x', 160)}…", (await Assert.ThrowsAsync<RejectJobException>(() => client.SendAsync())).Message);
    }

    [Fact]
    public async Task Connection_BreaksAfterTheRequestWasRead_NobodyKnows()
    {
        fake.Answer = http => { http.Abort(); return Task.CompletedTask; };
        await AssertUncertainAsync(client.SendAsync());
        Assert.Equal(1, fake.Requests);
    }

    [Fact]
    public async Task Connection_BreaksAfterItWasUsedBefore_IsNotSentAgainByAnyLayer()
    {
        await client.SendAsync();
        fake.Answer = http => { http.Abort(); return Task.CompletedTask; };
        await AssertUncertainAsync(client.SendAsync());
        Assert.Equal(2, fake.Requests);
    }

    [Fact]
    public async Task Answer_BreaksOff_NobodyKnows()
    {
        fake.Answer = async http =>
        {
            http.Response.ContentLength = 1_000;
            await http.Response.WriteAsync("half");
            await http.Response.Body.FlushAsync();
            http.Abort();
        };
        await AssertUncertainAsync(client.SendAsync());
    }

    [Fact]
    public async Task Answer_DoesNotComeInTime_NobodyKnows()
    {
        var released = new TaskCompletionSource();
        fake.Answer = _ => released.Task;
        var sending = client.SendAsync();
        await fake.NextAsync();
        client.Clock.Advance(TimeSpan.FromSeconds(14));
        Assert.False(sending.IsCompleted);
        client.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("within 15 s", (await AssertUncertainAsync(sending)).Message, StringComparison.Ordinal);
        released.SetResult();
    }

    [Fact]
    public async Task Cancellation_AfterTheRequestWasRead_WaitsForTheAnswer()
    {
        var released = new TaskCompletionSource();
        fake.Answer = async http =>
        {
            await released.Task;
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        };
        using var cancel = new CancellationTokenSource();
        var sending = client.SendAsync(cancellation: cancel.Token);
        await fake.NextAsync();
        await cancel.CancelAsync();
        released.SetResult();
        await sending.WaitAsync(Limits.Signal);
    }

    [Fact]
    public async Task Cancellation_BeforeAnythingWasSent_WasCertainlyNotSent()
    {
        await Assert.ThrowsAsync<RetryJobException>(() => client.SendAsync(cancellation: new(canceled: true)));
        Assert.Equal(0, fake.Requests);
    }

    [Fact]
    public async Task Connection_Refused_IsTriedAgain()
    {
        using var lonely = new SendGridClientOfTests($"http://127.0.0.1:{LocalPort.Free()}");
        var retry = await Assert.ThrowsAsync<RetryJobException>(() => lonely.SendAsync());
        Assert.Equal(TimeSpan.FromSeconds(30), retry.Delay);
        Assert.Contains("nothing was sent", retry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_ServerSpeaksNoTls_IsTriedAgain()
    {
        using var secure = new SendGridClientOfTests(fake.Address.Replace("http:", "https:", StringComparison.Ordinal));
        await Assert.ThrowsAsync<RetryJobException>(() => secure.SendAsync());
        Assert.Equal(0, fake.Requests);
    }

    [Theory]
    [InlineData(202)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task KeyAndAddress_WhateverHappens_AreNeitherLoggedNorInAnError(int status)
    {
        fake.AnswerWith(status, Refusal);
        if (status == 0)
            fake.Answer = http => { http.Abort(); return Task.CompletedTask; };
        var error = await Record.ExceptionAsync(() => client.SendAsync());
        Assert.Equal(status == 202, error is null);
        string[] said = [$"{error}", .. client.Logs.All.Select(line => $"{line.Text} {line.Exception}")];
        Assert.All(said, text => Assert.DoesNotContain(SendGridClientOfTests.ApiKey, text, StringComparison.Ordinal));
        Assert.All(said, text => Assert.DoesNotContain("ada@example.com", text, StringComparison.Ordinal));
    }

    private static async Task<SendGridUncertainException> AssertUncertainAsync(Task sending)
    {
        var error = await Assert.ThrowsAsync<SendGridUncertainException>(() => sending.WaitAsync(Limits.Signal));
        Assert.Contains("may have been accepted", error.Message, StringComparison.Ordinal);
        return error;
    }
}
