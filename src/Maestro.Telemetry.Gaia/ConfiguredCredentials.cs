namespace Maestro.Telemetry.Gaia;

/// <summary>Reads the password from the file or the environment variable that the options name.</summary>
internal sealed class ConfiguredCredentials(GaiaOptions options)
{
    public async ValueTask<GaiaCredentials> GetAsync(CancellationToken cancellationToken)
    {
        var password = string.IsNullOrEmpty(options.PasswordFile)
            ? Environment.GetEnvironmentVariable(options.PasswordEnvironmentVariable ?? "")
            : await ReadAsync(options.PasswordFile, cancellationToken);
        return string.IsNullOrEmpty(password)
            ? throw new GaiaAuthenticationException("There is no password to log in with: the file or the environment "
                + "variable that the settings name for it is empty.")
            : new(options.User, password);
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken);

            // Editors end a file with a newline; a password does not.
            return text.TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GaiaAuthenticationException($"The password file {path} cannot be read.", innerException: e);
        }
    }
}
