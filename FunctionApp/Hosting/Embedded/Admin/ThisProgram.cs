namespace FunctionApp.Hosting.Admin;

/// <summary>How people type what they are told to type.</summary>
internal static class ThisProgram
{
    public static string Line(string arguments) => $"dotnet run --project FunctionApp -- {arguments}";
}
