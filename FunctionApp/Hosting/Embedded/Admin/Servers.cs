namespace FunctionApp.Hosting.Admin;

/// <summary>What a verb needs to be there.</summary>
[Flags]
internal enum Servers
{
    None = 0,
    Store = 1,
    Queue = 2,
    Both = Store | Queue,
    Database = 4,
}
