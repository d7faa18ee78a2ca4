namespace FunctionApp.Hosting;

/// <summary>At which address people reach this server, where no setting says so.</summary>
internal static class PublicAddress
{
    /// <summary>A worker does not know: its host stands before it.</summary>
    public static Uri? Of(IServiceProvider services) => null;
}
