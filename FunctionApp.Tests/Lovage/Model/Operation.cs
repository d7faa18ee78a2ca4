namespace FunctionApp.Tests.Lovage.Model;

/// <summary>
/// One thing that happens, to the store and to its reference. Any may happen at any time: what is named and is not there makes it nothing, so a list
/// stays a list of things that happen when some are left out of it.
/// </summary>
internal abstract record Operation
{
    public abstract Task HappenAsync(World world);
}
