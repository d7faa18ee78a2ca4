namespace FunctionApp.Configuration;

/// <summary>A setting that the app cannot use. The message is for the one who set it.</summary>
internal sealed class SettingException(string message) : Exception(message);
