using System.Globalization;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>Per cent on standard error: one line for somebody who looks, one each tenth in a log.</summary>
internal sealed class ProgressText
{
    private int _last = -1;

    public void Show(double share)
    {
        var percent = (int)(share * 100);
        var isSeen = !Console.IsErrorRedirected;
        if (percent == _last || (!isSeen && percent / 10 == _last / 10 && _last >= 0))
        {
            return;
        }

        _last = percent;
        var text = string.Create(CultureInfo.InvariantCulture, $"{percent,3} %");
        if (isSeen)
        {
            Console.Error.Write($"\r{text}{(percent >= 100 ? Environment.NewLine : "")}");
        }
        else
        {
            Console.Error.WriteLine(text);
        }
    }
}
