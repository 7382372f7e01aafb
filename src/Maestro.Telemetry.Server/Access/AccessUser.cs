using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Access;

/// <summary>Somebody who logs in with a name and a password.</summary>
public sealed class AccessUser : AccessGrant
{
    private const int MaxName = 128;

    /// <summary>For the audit; 1 to 128 characters without a colon, which Basic authentication cannot carry.</summary>
    public string Name { get; set; } = "";

    /// <summary>What <c>maestro token hash-password</c> prints for the password.</summary>
    public string PasswordHash { get; set; } = "";

    public void Check(string key, SettingErrors errors)
    {
        if (Name.Length is < 1 or > MaxName || Name.Contains(':', StringComparison.Ordinal) || Name.Any(char.IsControl))
        {
            errors.Add($"{key}:{nameof(Name)}", Name, $"it must have 1 to {MaxName} characters and no colon.");
        }

        if (Access.PasswordHash.TryParse(PasswordHash) is null)
        {
            // Not shown: it may be the password itself.
            errors.Add($"{key}:{nameof(PasswordHash)}", null, "it must be what `maestro token hash-password` prints.");
        }

        CheckGrant(key, errors);
    }
}
