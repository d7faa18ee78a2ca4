using FunctionApp.Accounts.Administration;
using FunctionApp.Accounts.Database;
using FunctionApp.Accounts.Limits;
using FunctionApp.Accounts.Mail;
using FunctionApp.Accounts.Passwords;
using FunctionApp.Accounts.Profiles;
using FunctionApp.Accounts.Registration;
using FunctionApp.Accounts.SignIn;
using Lovage;
using Lovage.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FunctionApp.Accounts;

/// <summary>Registers what accounts are made of. Nothing of it is made, and no database asked, before somebody uses it.</summary>
internal static class AccountServices
{
    public static void AddAccounts(this IServiceCollection services, LovageBuilder lovage, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var database = DatabaseSetting.Read(configuration, environment.IsDevelopment());
        AddDatabase(services, database);
        lovage.AddOutbox<AccountsDb>(options =>
        {
            configuration.GetSection("Lovage:Outbox").Bind(options);
            // An app that only runs jobs has none.
            options.Relays = database.ConnectionString is not null;
        });
        AddIdentity(services);

        services.AddScoped<RateLimiter>();
        services.AddScoped<MailLimit>();
        services.AddScoped<AccountTokens>();
        services.AddSingleton<AccountLinks>();
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<DecoyHash>();
        services.AddScoped<SignInCheck>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<SignIns>();
        services.AddScoped<NewAccounts>();
        services.AddScoped<Registrations>();
        services.AddScoped<PasswordResets>();
        services.AddScoped<ProfileCache>();
        services.AddScoped<ProfileChanges>();
        services.AddScoped<AccountDoor>();
        services.AddScoped<AccountAdministration>();
    }

    // Never opened: whoever would is told before that the setting is missing.
    private const string NotSet = "Data Source=:memory:";

    private static void AddDatabase(IServiceCollection services, DatabaseSetting setting)
    {
        services.AddSingleton(setting);
        services.AddSingleton<DatabaseUpkeep>();
        if (setting.IsPostgres)
            services.AddDbContext<AccountsDb, PostgresAccountsDb>((container, options) => options.UseNpgsql(setting.ConnectionString).AddInterceptors(container.GetRequiredService<DatabaseUpkeep>()));
        else
            services.AddDbContext<AccountsDb, SqliteAccountsDb>((container, options) => options.UseSqlite(setting.ConnectionString ?? NotSet).AddInterceptors(container.GetRequiredService<DatabaseUpkeep>()));
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("lovage").PersistKeysToDbContext<AccountsDb>();
        // It reads the key ring while the app starts: no process may need the database for that.
        foreach (var service in services.Where(service => service.ImplementationType?.Name == "DataProtectionHostedService").ToArray())
            services.Remove(service);
        // It keeps nothing. Identity's own registration would make one for each scope.
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.AddIdentityCore<Account>().AddEntityFrameworkStores<AccountsDb>()
            .AddTokenProvider<DataProtectorTokenProvider<Account>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<ResetTokenProvider>(AccountTokens.ResetProvider);
        services.AddOptions<IdentityOptions>().Configure<IOptions<AccountOptions>>((identity, options) =>
        {
            identity.User.RequireUniqueEmail = true;
            // The name to sign in with is the address, which the form checks.
            identity.User.AllowedUserNameCharacters = "";
            identity.Password = new()
            {
                RequiredLength = AccountLimits.ShortestPassword,
                RequiredUniqueChars = 1,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
            };
            identity.Lockout.MaxFailedAccessAttempts = options.Value.MaxWrongPasswords;
            identity.Lockout.DefaultLockoutTimeSpan = options.Value.LockedFor;
            identity.Tokens.PasswordResetTokenProvider = AccountTokens.ResetProvider;
        });
        services.AddOptions<DataProtectionTokenProviderOptions>().Configure<IOptions<AccountOptions>>((tokens, options) => tokens.TokenLifespan = options.Value.ConfirmWithin);
        services.AddLogging(logging => logging
            // Whose password was wrong, by id: nothing for a log. Each statement: too much for one.
            .AddFilter("Microsoft.AspNetCore.Identity", LogLevel.Warning)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            // A statement that fails is thrown as well. To look for tables that are not there yet is one.
            .AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None)
            // That the keys are not encrypted is said in docs/accounts.md, and not each time that one is made.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
    }
}
