namespace Quern.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    readonly Workdir _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public void Prints_its_version() => _here.Quern("--version").Is(ExitCode.Done, "quern 0.1.0\n");

    [Fact]
    public void Prints_its_version_among_other_options() => _here.Quern("--quiet", "--version").Is(ExitCode.Done, "quern 0.1.0\n");

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("completion", "--help")]
    public void Explains_itself_in_80_columns_on_standard_output(params string[] args)
    {
        var ended = _here.Quern(args);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Contains("--memory SIZE", ended.Output, StringComparison.Ordinal);
        Assert.All(ended.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Says_in_the_help_of_a_verb_what_it_costs_in_memory() =>
        Assert.Contains("memory   constant: no data is read\n", _here.Quern("completion", "-h").Output, StringComparison.Ordinal);

    [Fact]
    public void Names_the_nearest_verb() => _here.Quern("completoin", "bash").Is(
        ExitCode.Usage,
        error:
        """
        error QN1003: no such verb
          value   "completoin"
          try     quern completion
                  quern --help     all verbs

        """);

    [Fact]
    public void Names_no_verb_when_none_is_near() => _here.Quern("frobnicate").Is(
        ExitCode.Usage,
        error:
        """
        error QN1003: no such verb
          value   "frobnicate"
          try     quern --help     all verbs

        """);

    [Fact]
    public void Names_the_nearest_option_before_the_verb() => _here.Quern("--memroy=1GB", "completion", "bash").Is(
        ExitCode.Usage,
        error:
        """
        error QN1004: no such option
          where   quern completion
          value   "--memroy"
          try     --memory
                  quern completion --help

        """);

    [Fact]
    public void Does_not_take_an_unknown_option_for_an_argument() => _here.Quern("completion", "--sehll").Is(
        ExitCode.Usage,
        error:
        """
        error QN1004: no such option
          where   quern completion
          value   "--sehll"
          try     quern completion --help

        """);

    [Fact]
    public void Takes_a_word_after_two_dashes_as_it_is() =>
        Assert.StartsWith(
            "error QN1005: no completion for this shell\n", _here.Quern("completion", "--", "--sehll").Error, StringComparison.Ordinal);

    [Fact]
    public void Refuses_an_argument_too_many() => _here.Quern("completion", "bash", "zsh").Is(
        ExitCode.Usage,
        error:
        """
        error QN1006: an argument too many
          where   quern completion
          value   "zsh"
          try     quern completion --help

        """);

    [Fact]
    public void Misses_an_argument() => _here.Quern("completion").Is(
        ExitCode.Usage,
        error:
        """
        error QN1007: SHELL is missing
          where   quern completion
          try     quern completion --help

        """);

    [Fact]
    public void Misses_the_value_of_an_option() => _here.Quern("completion", "bash", "--report").Is(
        ExitCode.Usage,
        error:
        """
        error QN1007: --report needs a value
          where   quern completion
          try     quern completion --help

        """);

    [Theory]
    [InlineData("--memory", "lots", "completion", "bash")]
    [InlineData("completion", "--memory", "lots", "bash")]
    [InlineData("completion", "bash", "--memory=lots")]
    public void Reads_an_option_of_every_verb_wherever_it_stands(params string[] args) => _here.Quern(args).Is(
        ExitCode.Usage,
        error:
        """
        error QN1010: not an amount of memory
          where   --memory
          value   "lots"
          wanted  a number of bytes, or a number with kB, MB, GB, TB, KiB, MiB, GiB or TiB
          try     512MB     512,000,000 bytes
                  1.5GiB    1,610,612,736 bytes

        """);

    [Theory]
    [InlineData("0")]
    [InlineData("1025")]
    [InlineData("two")]
    [InlineData("-1")]
    public void Refuses_a_number_of_threads_that_is_none(string threads)
    {
        var ended = _here.Quern("completion", "bash", $"--threads={threads}");
        Assert.Equal(2, ended.Code);
        Assert.StartsWith(
            $"error QN1005: not a number of threads\n  where   --threads\n  value   \"{threads}\"\n  wanted  a whole number, 1 to 1024\n",
            ended.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_a_wrong_command_line_as_JSON_too()
    {
        var ended = _here.Quern("frobnicate", "--json");
        Assert.Equal(2, ended.Code);
        Assert.Equal(2, ended.Json.GetProperty("exit_code").GetInt32());
        Assert.Equal("QN1003", ended.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.StartsWith("error QN1003: no such verb\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_the_report_of_a_wrong_command_line_relative_to_the_caller()
    {
        _here.Quern("frobnicate", "--report", "out/run.json", "--json");
        Assert.Contains("\"code\": \"QN1003\"", File.ReadAllText(_here.Path("out/run.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Succeeds_quietly_when_nobody_reads_its_output() =>
        _here.Bash("{ sleep 0.2; \"$quern\" --help; echo $? >code; } | true; sleep 1; cat code").Is(ExitCode.Done, "0\n");

    [Fact]
    public void Fails_when_its_output_cannot_be_written()
    {
        foreach (var words in new[] { "--version", "--help", "completion bash" })
        {
            _here.Bash($"\"$quern\" {words} >/dev/full").Is(
                ExitCode.Failed,
                error:
                """
                error QN9008: standard output cannot be written
                  value   No space left on device
                  try     quern ... >FILE     a file on a disk with room

                """);
        }
    }

    [Fact]
    public void Refuses_an_option_given_twice() => _here.Quern("completion", "bash", "--memory", "1GB", "--memory", "2GB").Is(
        ExitCode.Usage,
        error:
        """
        error QN1006: --memory is given twice
          where   quern completion
          try     quern completion --help

        """);

    [Fact]
    public void Refuses_a_value_for_a_flag() => _here.Quern("completion", "bash", "--quiet=maybe").Is(
        ExitCode.Usage,
        error:
        """
        error QN1006: an argument too many
          where   quern completion
          value   "maybe"
          try     quern completion --help

        """);

    [Fact]
    public void Completes_verbs_and_options_in_bash() =>
        _here.Bash("quern() { \"$quern\" \"$@\"; }; source <(\"$quern\" completion bash); "
            + "COMP_LINE='quern compl' COMP_POINT=11; _quern; echo \"${COMPREPLY[@]}\"")
            .Is(ExitCode.Done, "completion\n");
}
