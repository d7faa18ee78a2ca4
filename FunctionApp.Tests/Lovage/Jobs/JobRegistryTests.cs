using Lovage;
using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Jobs;

public sealed class JobRegistryTests
{
    [Theory]
    [InlineData(typeof(BadName), "Job name 'Bad Name' on BadName.Run")]
    [InlineData(typeof(LineEnd), "Job name 'end\n' on LineEnd.Run: use 1 to 100 of a-z 0-9 . _ - and begin with a letter or digit.")]
    [InlineData(typeof(DotFirst), "Job name '.first' on DotFirst.Run: use 1 to 100 of")]
    [InlineData(typeof(TooLong), "Job name 'aaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(typeof(Empty), "Job name '' on Empty.Run: use 1 to 100 of")]
    [InlineData(typeof(Hidden), "Job 'hidden' on Hidden.Run: a job is a public method")]
    [InlineData(typeof(Generic), "Job 'generic' on Generic.Run: a job is a public method without type parameters")]
    [InlineData(typeof(Endless), "Job 'endless' on Endless.Run: HardTimeLimitSeconds is 100000; it takes up to 86,400")]
    [InlineData(typeof(Twins), "Job 'twins' on Twins.Run: 'x' stands for two arguments")]
    [InlineData(typeof(Twice), "Two methods are job 'twice': Twice.One and Twice.Two")]
    [InlineData(typeof(BadAlias), "Job name 'Old Name' on BadAlias.Run: use 1 to 100 of")]
    [InlineData(typeof(OwnAlias), "Alias 'own' of job 'own' on OwnAlias.Run is the name of the job on OwnAlias.Run")]
    [InlineData(typeof(DoubleAlias), "Alias 'old' of job 'new' on DoubleAlias.Run is already one of job 'new'")]
    [InlineData(typeof(AliasOfAName), "Alias 'one' of job 'two' on AliasOfAName.Two is the name of the job on AliasOfAName.One")]
    [InlineData(typeof(NameOfAnAlias), "Job 'two' on NameOfAnAlias.Two has the name that is an alias of job 'one' on NameOfAnAlias.One")]
    [InlineData(typeof(AliasOfAnAlias), "Alias 'old' of job 'two' on AliasOfAnAlias.Two is already one of job 'one'")]
    public void AddJobs_UnusableJob_StopsTheStartAndNamesIt(Type type, string says)
    {
        var builder = new ServiceCollection().AddLovage(_ => { });
        var e = Assert.Throws<InvalidOperationException>(() => builder.AddJobs(type));
        Assert.StartsWith(says, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_RenamedJob_IsFoundByEitherNameAndListedByItsOwn()
    {
        var services = new ServiceCollection();
        services.AddLovage(_ => { }).AddJobs<Renamed>();
        var registry = (JobRegistry)services.Single(s => s.ServiceType == typeof(JobRegistry)).ImplementationInstance!;
        Assert.Equal(["new.name"], registry.Names);
        Assert.All(["new.name", "old.name", "older.name"], name => Assert.Equal("new.name", registry.Find(name)!.Name));
        Assert.Null(registry.Find("oldest.name"));
    }

    private sealed class Renamed
    {
        [Job("new.name", Aliases = ["old.name", "older.name"])]
        public void Run()
        {
        }
    }

    private sealed class BadAlias
    {
        [Job("good", Aliases = ["Old Name"])]
        public void Run()
        {
        }
    }

    private sealed class OwnAlias
    {
        [Job("own", Aliases = ["own"])]
        public void Run()
        {
        }
    }

    private sealed class DoubleAlias
    {
        [Job("new", Aliases = ["old", "old"])]
        public void Run()
        {
        }
    }

    private sealed class AliasOfAName
    {
        [Job("one")]
        public void One()
        {
        }

        [Job("two", Aliases = ["one"])]
        public void Two()
        {
        }
    }

    private sealed class NameOfAnAlias
    {
        [Job("one", Aliases = ["two"])]
        public void One()
        {
        }

        [Job("two")]
        public void Two()
        {
        }
    }

    private sealed class AliasOfAnAlias
    {
        [Job("one", Aliases = ["old"])]
        public void One()
        {
        }

        [Job("two", Aliases = ["old"])]
        public void Two()
        {
        }
    }

    private sealed class LineEnd
    {
        [Job("end\n")]
        public void Run()
        {
        }
    }

    private sealed class DotFirst
    {
        [Job(".first")]
        public void Run()
        {
        }
    }

    private sealed class TooLong
    {
        private const string TenLetters = "aaaaaaaaaa";
        private const string FiftyLetters = TenLetters + TenLetters + TenLetters + TenLetters + TenLetters;

        [Job(FiftyLetters + FiftyLetters + "a")]
        public void Run()
        {
        }
    }

    private sealed class Empty
    {
        [Job("")]
        public void Run()
        {
        }
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
