using System.CommandLine;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Shell completion: the scripts ask the executable itself through its [suggest] directive.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # source <(maestro completion bash)
        _maestro() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(maestro "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _maestro maestro
        """;

    private const string Zsh = """
        # source <(maestro completion zsh)
        _maestro() {
          local -a words_found
          words_found=("${(@f)$(maestro "[suggest:$((CURSOR))]" "$BUFFER" 2>/dev/null)}")
          compadd -a words_found
        }
        compdef _maestro maestro
        """;

    private const string Fish = """
        # maestro completion fish | source
        complete -c maestro -f -a '(maestro "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp) 2>/dev/null)'
        """;

    public static System.CommandLine.Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print a script that completes commands and options in your shell") { shell };
        command.SetAction(parsed => Console.WriteLine(parsed.GetValue(shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        }));
        return command;
    }
}
