using Spectre.Console;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>A bar on standard error while something long is done; none when nobody looks.</summary>
internal static class ProgressBar
{
    /// <param name="what">What is being done, in a word.</param>
    /// <param name="work">Tells the share that is done, 0 to 1; it is given null when nobody looks.</param>
    public static T During<T>(string what, Func<IProgress<double>?, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(null);
        }

        return Terminal.Error.Progress().AutoClear(true).Start(context =>
        {
            var bar = context.AddTask(what, maxValue: 1);
            return work(new Share(done => bar.Value = done));
        });
    }

    private sealed class Share(Action<double> done) : IProgress<double>
    {
        public void Report(double value) => done(value);
    }
}
