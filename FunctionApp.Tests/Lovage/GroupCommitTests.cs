using Lovage;

namespace FunctionApp.Tests.Lovage;

public sealed class GroupCommitTests
{
    private readonly List<int[]> calls = [];
    private readonly SemaphoreSlim called = new(0);
    private readonly SemaphoreSlim mayAnswer = new(0);

    [Fact]
    public async Task Add_WhileACallIsUnderWay_GoTogetherWithTheNext()
    {
        var group = NewGroup();
        var first = group.AddAsync(1);
        await NextCallAsync();
        var others = new[] { group.AddAsync(2), group.AddAsync(3), group.AddAsync(4) };
        // What they would have set going comes before this.
        for (var i = 0; i < 10; i++)
            await Task.Run(() => { }, TestContext.Current.CancellationToken);
        Assert.Single(calls);
        mayAnswer.Release();
        await NextCallAsync();
        mayAnswer.Release();

        var answers = await Task.WhenAll([first, .. others]).WaitAsync(Limits.Signal);
        Assert.Equal([10, 20, 30, 40], answers);
        Assert.Equal([[1], [2, 3, 4]], calls);
    }

    [Fact]
    public async Task Add_AfterTheLastCall_BeginsAnew()
    {
        var group = NewGroup();
        mayAnswer.Release(2);
        Assert.Equal(10, await group.AddAsync(1).WaitAsync(Limits.Signal));
        Assert.Equal(20, await group.AddAsync(2).WaitAsync(Limits.Signal));
    }

    [Fact]
    public async Task Add_MoreThanGoTogether_AreSeveralCallsInOrder()
    {
        var group = NewGroup(mostItems: 2);
        var all = Enumerable.Range(1, 5).Select(group.AddAsync).ToArray();
        mayAnswer.Release(5);
        await Task.WhenAll(all).WaitAsync(Limits.Signal);
        Assert.Equal(Enumerable.Range(1, 5), calls.SelectMany(call => call));
        Assert.All(calls, call => Assert.InRange(call.Length, 1, 2));
    }

    [Fact]
    public async Task Add_HeavyItems_GoTogetherUpToTheWeight_AndATooHeavyOneAlone()
    {
        var group = NewGroup(heaviest: 10);
        var first = group.AddAsync(1);
        await NextCallAsync();
        Task<int>[] others = [group.AddAsync(4), group.AddAsync(6), group.AddAsync(50), group.AddAsync(5)];
        mayAnswer.Release(5);
        await Task.WhenAll([first, .. others]).WaitAsync(Limits.Signal);
        Assert.Equal([[1], [4, 6], [50], [5]], calls);
    }

    [Fact]
    public async Task Add_CallFails_AllOfItHearOfItAndTheNextGoOn()
    {
        var group = NewGroup();
        var first = group.AddAsync(1);
        await NextCallAsync();
        Task<int>[] bad = [group.AddAsync(2), group.AddAsync(-3)];
        mayAnswer.Release(3);
        await first;
        foreach (var one in bad)
            await Assert.ThrowsAsync<InvalidOperationException>(() => one.WaitAsync(Limits.Signal));
        Assert.Equal(40, await group.AddAsync(4).WaitAsync(Limits.Signal));
    }

    [Fact]
    public async Task Add_FailureMayBeOfOne_OnlyThatOneHearsOfIt()
    {
        var group = NewGroup(mayBeOfOne: true);
        var first = group.AddAsync(1);
        await NextCallAsync();
        Task<int>[] others = [group.AddAsync(2), group.AddAsync(-3), group.AddAsync(4)];
        mayAnswer.Release(5);
        await Task.WhenAll(first, others[0], others[2]).WaitAsync(Limits.Signal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => others[1].WaitAsync(Limits.Signal));
        Assert.Equal([[1], [2, -3, 4], [2], [-3], [4]], calls);
    }

    private async Task NextCallAsync() => Assert.True(await called.WaitAsync(Limits.Signal, TestContext.Current.CancellationToken));

    // Answers each number with ten times itself, and fails for a negative one.
    private GroupCommit<int, int> NewGroup(int mostItems = 100, long heaviest = long.MaxValue, bool mayBeOfOne = false) => new()
    {
        MostItems = mostItems,
        Weigh = item => item,
        Heaviest = heaviest,
        MayBeOfOne = failure => mayBeOfOne && failure is InvalidOperationException,
        Send = async items =>
        {
            calls.Add([.. items]);
            called.Release();
            await mayAnswer.WaitAsync(Limits.Signal);
            if (items.Any(item => item < 0))
                throw new InvalidOperationException("on purpose");
            return [.. items.Select(item => item * 10)];
        },
    };
}
