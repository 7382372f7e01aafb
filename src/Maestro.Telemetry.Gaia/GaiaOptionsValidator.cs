using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Gaia;

/// <summary>Checks the options and says everything that is wrong at once.</summary>
public sealed partial class GaiaOptionsValidator : IValidateOptions<GaiaOptions>
{
    private const string Root = GaiaOptions.SectionName + ":";

    /// <summary>What is wrong; empty when nothing is. Looks for the files and the variable that are named.</summary>
    public static IReadOnlyList<GaiaOptionsError> Check(GaiaOptions options)
    {
        var errors = new List<GaiaOptionsError>();
        CheckOrchestrators(options, errors);
        CheckPassword(options, errors);
        CheckTrust(options, errors);
        CheckTimes(options, errors);
        CheckModels(options, errors);
        if (options.ApiVersion is { } version && !VersionName().IsMatch(version))
        {
            errors.Add(new(Root + nameof(options.ApiVersion), version, "Give a version such as v1.8, or leave it out."));
        }

        CheckRange(errors, nameof(options.MaxResponseBytes), options.MaxResponseBytes, 64 * 1024, 256 * 1024 * 1024);
        CheckRange(errors, nameof(options.ReferenceCores), options.ReferenceCores, 1, 1024);
        return errors;
    }

    public ValidateOptionsResult Validate(string? name, GaiaOptions options)
    {
        var errors = Check(options);
        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(errors.Select(e => e.ToString()));
    }

    private static void CheckOrchestrators(GaiaOptions options, List<GaiaOptionsError> errors)
    {
        if (options.Orchestrators.Count == 0)
        {
            errors.Add(new(Root + "Orchestrators", "", "Name at least one Orchestrator: Id, Site and Address."));
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Orchestrators.Count; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{Root}Orchestrators:{i}:");
            var orchestrator = options.Orchestrators[i];
            if (string.IsNullOrWhiteSpace(orchestrator.Id))
            {
                errors.Add(new(key + "Id", orchestrator.Id, "Give the Orchestrator an id such as 1_1."));
            }
            else if (!seen.Add(orchestrator.Id))
            {
                errors.Add(new(key + "Id", orchestrator.Id, "Another Orchestrator has this id; ids are unique."));
            }

            if (orchestrator.Site < 1)
            {
                errors.Add(new(key + "Site", Text(orchestrator.Site), "Sites are numbered from 1."));
            }

            if (AddressProblem(orchestrator.Address) is { } problem)
            {
                errors.Add(new(key + "Address", Uri.TryCreate(orchestrator.Address, UriKind.Absolute, out var uri)
                    ? uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
                    : orchestrator.Address, problem));
            }

            CheckFingerprint(key + "CertificateFingerprint", orchestrator.CertificateFingerprint, errors);
        }
    }

    private static string? AddressProblem(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            return "Give an address such as https://10.0.0.1.";
        }

        if (uri.UserInfo.Length > 0)
        {
            return "Leave user and password out of the address; use User and PasswordFile.";
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            return "Leave query and fragment out of the address.";
        }

        // The password and the session id would cross the network in clear.
        return uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback
            ? "Plain http is allowed to loopback only; use https, with CaFile or CertificateFingerprint if need be."
            : null;
    }

    private static void CheckPassword(GaiaOptions options, List<GaiaOptionsError> errors)
    {
        var (file, variable) = (options.PasswordFile, options.PasswordEnvironmentVariable);
        if (string.IsNullOrWhiteSpace(options.User))
        {
            errors.Add(new(Root + "User", options.User, "Name the Gaia user to log in as."));
        }

        if (string.IsNullOrEmpty(file) == string.IsNullOrEmpty(variable))
        {
            errors.Add(new(Root + "PasswordFile", file ?? "",
                "Give exactly one of PasswordFile and PasswordEnvironmentVariable."));
        }
        else if (!string.IsNullOrEmpty(file) && !File.Exists(file))
        {
            errors.Add(new(Root + "PasswordFile", file, "There is no such file, or it may not be read."));
        }
        else if (!string.IsNullOrEmpty(variable) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
        {
            errors.Add(new(Root + "PasswordEnvironmentVariable", variable, "This environment variable is not set."));
        }
    }

    private static void CheckTrust(GaiaOptions options, List<GaiaOptionsError> errors)
    {
        CheckFingerprint(Root + "CertificateFingerprint", options.CertificateFingerprint, errors);
        if (string.IsNullOrEmpty(options.CaFile))
        {
            return;
        }

        if (!string.IsNullOrEmpty(options.CertificateFingerprint))
        {
            errors.Add(new(Root + "CaFile", options.CaFile, "Give CaFile or CertificateFingerprint, not both."));
        }

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(options.CaFile);
            if (authorities.Count == 0)
            {
                errors.Add(new(Root + "CaFile", options.CaFile, "The file has no certificate in PEM form."));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            errors.Add(new(Root + "CaFile", options.CaFile, $"The file cannot be read as PEM certificates: {e.Message}"));
        }
    }

    private static void CheckFingerprint(string key, string? fingerprint, List<GaiaOptionsError> errors)
    {
        if (!string.IsNullOrEmpty(fingerprint) && !CertificatePin.TryParse(fingerprint, out _))
        {
            errors.Add(new(key, fingerprint, "Give the SHA-256 of the certificate: 64 hexadecimal digits."));
        }
    }

    private static void CheckTimes(GaiaOptions options, List<GaiaOptionsError> errors)
    {
        Check(nameof(options.RequestTimeout), options.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Check(nameof(options.ConnectTimeout), options.ConnectTimeout, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(1));
        Check(nameof(options.PollInterval), options.PollInterval, TimeSpan.FromSeconds(0.01), TimeSpan.FromMinutes(1));
        Check(nameof(options.TaskTimeout), options.TaskTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(2));
        Check(nameof(options.ConfirmTimeout), options.ConfirmTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Check(nameof(options.LoginBackoff), options.LoginBackoff, TimeSpan.Zero, TimeSpan.FromHours(1));

        void Check(string name, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                errors.Add(new(Root + name, Text(value), $"Give a time from {Text(least)} to {Text(most)}."));
            }
        }
    }

    private static void CheckModels(GaiaOptions options, List<GaiaOptionsError> errors)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < options.ApplianceModels.Count; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"ApplianceModels:{i}:");
            var model = options.ApplianceModels[i];
            if (string.IsNullOrWhiteSpace(model.Name) || !seen.Add(model.Name))
            {
                errors.Add(new(Root + key + "Name", model.Name, "Give each model its own name, as the Orchestrator has it."));
            }

            CheckRange(errors, key + "Cores", model.Cores, 1, 1024);
            if (model.Weight is { } weight && (!double.IsFinite(weight) || weight <= 0))
            {
                errors.Add(new(Root + key + "Weight", Text(weight), "Give a weight above 0, or leave it out."));
            }
        }
    }

    private static void CheckRange(List<GaiaOptionsError> errors, string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            errors.Add(new(Root + name, Text(value), $"Give a number from {Text(least)} to {Text(most)}."));
        }
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^v[0-9]{1,3}(\.[0-9]{1,3})?\z")]
    private static partial Regex VersionName();
}
