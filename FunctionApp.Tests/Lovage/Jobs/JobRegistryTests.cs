using Lovage;
using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Jobs;

public sealed class JobRegistryTests
{
    [Theory]
    [InlineData(typeof(BadName), "Job name 'Bad Name' on BadName.Run")]
    [InlineData(typeof(Hidden), "Job 'hidden' on Hidden.Run: a job is a public method")]
    [InlineData(typeof(Generic), "Job 'generic' on Generic.Run: a job is a public method without type parameters")]
    [InlineData(typeof(Endless), "Job 'endless' on Endless.Run: HardTimeLimitSeconds is 100000; it takes up to 86,400")]
    [InlineData(typeof(Twins), "Job 'twins' on Twins.Run: 'x' stands for two arguments")]
    [InlineData(typeof(Twice), "Two methods are job 'twice': Twice.One and Twice.Two")]
    public void AddJobs_UnusableJob_StopsTheStartAndNamesIt(Type type, string says)
    {
        var builder = new ServiceCollection().AddLovage(_ => { });
        var e = Assert.Throws<InvalidOperationException>(() => builder.AddJobs(type));
        Assert.StartsWith(says, e.Message, StringComparison.Ordinal);
    }

    private sealed class BadName
    {
        [Job("Bad Name")]
        public void Run()
        {
        }
    }

    private sealed class Hidden
    {
        [Job("hidden")]
        internal void Run()
        {
        }
    }

    private sealed class Generic
    {
        [Job("generic")]
        public void Run<T>()
        {
        }
    }

    private sealed class Endless
    {
        [Job("endless", HardTimeLimitSeconds = 100_000)]
        public void Run()
        {
        }
    }

    private sealed class Twins
    {
        [Job("twins")]
        public void Run(int x, int X) => _ = x + X;
    }

    private sealed class Twice
    {
        [Job("twice")]
        public void One()
        {
        }

        [Job("twice")]
        public void Two()
        {
        }
    }
}
