using System.ComponentModel.DataAnnotations;
using Lovage.Jobs;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin;

public enum Colour
{
    Green,
    DarkRed,
}

/// <summary>Parameters of all kinds, and one whose name the command line has taken.</summary>
public sealed class TypedJobs
{
    /// <summary>Takes all kinds of arguments. And does nothing.</summary>
    /// <param name="text">Some words.</param>
    /// <param name="count">How many.</param>
    /// <param name="items">Which.</param>
    /// <param name="isDry">Whether it is for show.</param>
    /// <param name="colour">What it looks like.</param>
    /// <param name="maybe">Perhaps a number.</param>
    /// <param name="key">Opens it.</param>
    [Job("typed.take")]
    public void Take(string text, [Range(-10, 10)] int count = 3, string[]? items = null, bool isDry = false, Colour colour = Colour.Green, int? maybe = 5, string key = "none")
    {
    }
}
