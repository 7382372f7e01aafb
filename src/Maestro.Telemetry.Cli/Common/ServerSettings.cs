using System.CommandLine;
using Maestro.Telemetry.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>Where a server has its settings from, for the commands that need the same ones.</summary>
internal static class ServerSettings
{
    public const string DefaultFile = "maestro.json";

    public static Option<FileInfo> File()
    {
        var config = new Option<FileInfo>("--config")
        {
            Description = $"JSON file with settings; {DefaultFile} in the working directory is read when it is there. "
                + "Environment variables such as Maestro__Ingest__QueueBatches win over it",
            HelpName = "file",
        };
        config.AcceptExistingOnly();
        return config;
    }

    public static Option<string?> Data() => new("--data")
    {
        Description = "Directory of the SQLite files",
        HelpName = "directory",
    };

    /// <summary>The file, over it the environment, over that what the command line says.</summary>
    public static void AddTo(
        IConfigurationBuilder configuration, FileInfo? file, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var path = file?.FullName ?? Path.GetFullPath(DefaultFile);
        configuration.AddJsonFile(path, optional: file is null, reloadOnChange: false);
        configuration.AddEnvironmentVariables();
        configuration.AddInMemoryCollection(settings);
    }

    /// <summary>Reads what is wanted of the settings, as the server would.</summary>
    /// <param name="file">The file; null for the usual one.</param>
    /// <param name="over">What wins over it.</param>
    /// <param name="read">Binds and checks: <see cref="SectionReader"/>.</param>
    /// <exception cref="FormatException">The settings cannot be used; the message says all that is wrong.</exception>
    public static T Read<T>(
        FileInfo? file,
        IEnumerable<KeyValuePair<string, string?>> over,
        Func<IConfiguration, SettingErrors, T> read)
    {
        var builder = new ConfigurationBuilder();
        AddTo(builder, file, over);
        try
        {
            var errors = new SettingErrors("Maestro");
            var settings = read(builder.Build(), errors);
            return errors.All.Count == 0 ? settings : throw new FormatException(string.Join(Environment.NewLine, errors.All));
        }
        catch (InvalidDataException e)
        {
            throw new FormatException(NotJson(file, e), e);
        }
    }

    /// <summary>The data directory of the server with these settings.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON.</exception>
    public static string DataDirectory(FileInfo? file, string? data)
    {
        if (data is not null)
        {
            return data;
        }

        var configuration = new ConfigurationBuilder();
        AddTo(configuration, file, []);
        return configuration.Build()[$"{StorageOptions.SectionName}:{nameof(StorageOptions.Directory)}"]
            ?? new StorageOptions().Directory;
    }

    /// <summary>What is wrong with a file that is not JSON.</summary>
    public static string NotJson(FileInfo? file, InvalidDataException error) =>
        $"{file?.FullName ?? DefaultFile} is not JSON: {error.InnerException?.Message ?? error.Message}";
}
