package io.evenkeel.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `evenkeel completion`: a script for the shell.
@Command(
    name = "completion",
    description = "Prints a script that completes verbs and options in the shell.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {
      "",
      "Examples:",
      "  bash:  source <(evenkeel completion bash)",
      "  zsh:   source <(evenkeel completion zsh)",
      "",
      "Exit codes: 0 done, 2 the command line was wrong."
    })
final class CompletionVerb implements Runnable {
  /// Shells that a script can be printed for.
  enum Shell {
    /// GNU Bash.
    BASH,
    /// The Z shell, through its emulation of Bash's completion.
    ZSH
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell = Shell.BASH;

  @Override
  public void run() {
    CommandLine verb = spec.commandLine();
    CommandLine root = spec.root().commandLine();
    String script = AutoComplete.bash(spec.root().name(), root);
    switch (shell) {
      case BASH -> {}
      case ZSH -> verb.getOut().println("autoload -U +X bashcompinit && bashcompinit");
    }
    verb.getOut().println(script);
    verb.getOut().flush();
  }
}
