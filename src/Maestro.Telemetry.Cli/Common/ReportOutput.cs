using System.Text;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>Where a report goes, and how a command that makes one ends.</summary>
/// <typeparam name="T">What the work comes to.</typeparam>
internal sealed record ReportOutput<T>
{
    /// <summary>What is read, to begin the message when it cannot be; null when the messages say so themselves.</summary>
    public required string? Source { get; init; }

    /// <summary>A file for <see cref="ToHtml"/>; null for none.</summary>
    public required string? Html { get; init; }

    /// <summary>True to print <see cref="ToJson"/>, false to <see cref="Print"/>.</summary>
    public required bool Json { get; init; }

    public required Func<T, string> ToHtml { get; init; }

    public required Func<T, string> ToJson { get; init; }

    public required Action<T> Print { get; init; }

    /// <summary>Does the work and puts out what came of it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            var result = work();
            if (Html is not null)
            {
                await using var file = AtomicFile.Create(Html);
                await file.Stream.WriteAsync(Encoding.UTF8.GetBytes(ToHtml(result)), cancellationToken);
                file.Keep();
            }

            if (Json)
            {
                Console.WriteLine(ToJson(result));
            }
            else
            {
                Print(result);
            }

            return ExitCodes.Ok;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(Source is null ? e.Message : $"{Source}: {e.Message}");
            return ExitCodes.Usage;
        }
        catch (ArgumentException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return ExitCodes.Failed;
        }
    }
}
