using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.AgentApp;

/// <summary>
/// Writes one line for each event, with the priority in front that the journal of systemd reads (sd-daemon(3)).
/// </summary>
internal sealed class LineLoggerProvider(TextWriter output) : ILoggerProvider, ILogger
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and not LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var text = formatter(state, exception);
        text = exception is null ? text : $"{text}: {exception.GetType().Name}: {exception.Message}";
        lock (_lock)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"<{Priority(logLevel)}>{eventId.Id} {text.ReplaceLineEndings(" ")}"));
        }
    }

    public void Dispose() => output.Flush();

    private static int Priority(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        _ => 6,
    };
}
