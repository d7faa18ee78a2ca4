using FunctionApp;
using FunctionApp.Hosting;

return await AppHost.RunAsync(args, builder => builder.Compose());
