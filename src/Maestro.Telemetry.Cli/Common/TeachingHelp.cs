using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>The usual help, and after it the lesson of a command that has one.</summary>
internal sealed class TeachingHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Who asks for help need not know what is required.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is TaughtCommand { Lesson: var lesson })
        {
            parseResult.InvocationConfiguration.Output.WriteLine(lesson);
        }

        return code;
    }

    /// <summary>Teaches in all commands below a root.</summary>
    public static RootCommand In(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new TeachingHelp((HelpAction)option.Action!);
        }

        return root;
    }
}
