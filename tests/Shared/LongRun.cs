using System.Globalization;
using Xunit.Abstractions;

namespace Maestro.Telemetry.TestSupport;

/// <summary>Tests that are short by themselves, and as long as a script in tests/tools says.</summary>
internal static class LongRun
{
    /// <summary>The number in an environment variable; else another.</summary>
    public static int Setting(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;

    /// <summary>Tells a line to the test's output, and to the file that an environment variable names.</summary>
    public static void Tell(ITestOutputHelper output, string logVariable, string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable(logVariable) is { Length: > 0 } file)
        {
            File.AppendAllText(file, line + Environment.NewLine);
        }
    }
}
