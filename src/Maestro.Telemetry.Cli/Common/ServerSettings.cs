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
