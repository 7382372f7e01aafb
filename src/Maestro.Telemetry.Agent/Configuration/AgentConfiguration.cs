using Microsoft.Extensions.Configuration;

namespace Maestro.Telemetry.Agent;

/// <summary>Reads an agent's options from a JSON file and, over it, from environment variables.</summary>
public static class AgentConfiguration
{
    private const long MaxFileBytes = 1 << 20;

    /// <summary>Sets the options that the file and the environment give; the others stay as they are.</summary>
    /// <param name="file">A JSON file with a section <see cref="AgentOptions.SectionName"/>; null for none.</param>
    /// <param name="options">The options.</param>
    /// <returns>All errors, each with key, value and remedy; empty when everything could be read.</returns>
    /// <exception cref="InvalidDataException">The file cannot be read, or is not JSON; the message says so.</exception>
    public static IReadOnlyList<string> Load(string? file, AgentOptions options)
    {
        try
        {
            using var stream = file is null ? null : Open(file);
            var builder = new ConfigurationBuilder();
            if (stream is not null)
            {
                builder.AddJsonStream(stream);
            }

            return Apply(builder.AddEnvironmentVariables().Build(), options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"--config is '{file}'; it cannot be read ({e.Message}).", e);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or System.Text.Json.JsonException)
        {
            throw new InvalidDataException(
                $"--config is '{file}'; it is not JSON: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    /// <summary>Sets the options that a configuration gives.</summary>
    /// <returns>All errors, each with key, value and remedy.</returns>
    public static IReadOnlyList<string> Apply(IConfiguration configuration, AgentOptions options)
    {
        var errors = new List<string>();
        var section = configuration.GetSection(AgentOptions.SectionName);
        var all = section.AsEnumerable(makePathsRelative: true).OrderBy(p => p.Key, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in all)
        {
            if (value is not null && key.Length > 0 && AgentSettings.Set(options, key, value) is { } error)
            {
                errors.Add($"{AgentOptions.SectionName}:{key} {error}");
            }
        }

        return errors;
    }

    private static FileStream Open(string file)
    {
        var stream = File.OpenRead(file);
        if (stream.Length > MaxFileBytes)
        {
            stream.Dispose();
            throw new IOException($"it has more than {MaxFileBytes} bytes");
        }

        return stream;
    }
}
