using System.CommandLine;

namespace Quern.Cli.Commands;

/// <summary><c>quern completion SHELL</c>.</summary>
sealed class CompletionVerb : Verb
{
    const string Bash =
        """
        _quern() {
            local IFS=$'\n'
            COMPREPLY=($(quern "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null))
        }
        complete -o default -F _quern quern
        """;

    readonly Argument<string> _shell = new("SHELL") { Description = "bash" };

    public CompletionVerb() => _shell.CompletionSources.Add("bash");

    public override string Path => "completion";

    public override string Summary => "prints the completion script of a shell";

    public override string Memory => "constant: no data is read";

    public override string Help =>
        """
        quern is on the PATH, then, for this shell:
          source <(quern completion bash)
        for every shell to come:
          quern completion bash > ~/.local/share/bash-completion/completions/quern
        """;

    public override IReadOnlyList<Argument> Arguments => [_shell];

    public override ExitCode Execute(CommandContext context)
    {
        var shell = context.Value(_shell)!;
        context.Screen.WriteData(shell switch
        {
            "bash" => Bash,
            _ => throw new QuernException(new Fault("QN1005", "no completion for this shell")
            {
                Where = "SHELL",
                Value = $"\"{shell}\"",
                Wanted = "bash",
                Try = ["quern completion bash"],
                ExitCode = ExitCode.Usage,
            }),
        });
        return ExitCode.Done;
    }
}
