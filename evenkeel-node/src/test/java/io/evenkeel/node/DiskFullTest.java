package io.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nodes on a small file system in memory, made in a namespace of its own: whatever happens,
/// nothing acknowledged is lost and nothing hangs.
@Timeout(300)
class DiskFullTest {
  @TempDir Path folder;

  private Process shell;
  private BufferedWriter in;
  private BufferedReader out;
  private Path disk;
  private Path data;

  @BeforeEach
  void mountSmallDisk() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    data = disk.resolve("data");
    ProcessBuilder builder = new ProcessBuilder("unshare", "-rm", "sh");
    builder.redirectError(folder.resolve("errors").toFile());
    try {
      shell = builder.start();
    } catch (IOException e) {
      assumeTrue(false, "no small disk can be made here, there is no unshare: " + e);
    }
    in = shell.outputWriter();
    out = shell.inputReader();
    List<String> mounted = run("mount -t tmpfs -o size=24m evenkeel '" + disk + "'");
    assumeTrue(
        mounted.getLast().equals("EXIT 0"),
        () -> "no small disk can be made here, mount is not allowed: " + errors());
  }

  @AfterEach
  void leave() throws Exception {
    if (shell != null) {
      shell.outputWriter().close();
      assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("errors"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// Runs a command and gives what it printed, and `EXIT` with its code as the last line.
  private List<String> run(String command) throws IOException {
    List<String> lines = new ArrayList<>();
    try {
      in.write(command + " </dev/null; echo \"EXIT $?\"\n");
      in.flush();
    } catch (IOException e) {
      return List.of("EXIT none: " + e);
    }
    String line = "";
    while (line != null && !line.startsWith("EXIT ")) {
      line = out.readLine();
      lines.add(String.valueOf(line));
    }
    return lines;
  }

  private List<String> child(String mode, String... more) throws IOException {
    return run(
        Child.commandLine(mode, data, more).stream()
            .map(argument -> "'" + argument + "'")
            .collect(Collectors.joining(" ")));
  }

  private static List<String> acknowledged(List<String> said) {
    return said.stream()
        .filter(line -> line.startsWith("ACK "))
        .map(line -> line.substring(4))
        .toList();
  }

  /// What a child said beside its many acknowledgements.
  private static List<String> remarks(List<String> said) {
    return said.stream()
        .filter(line -> !line.startsWith("ACK ") && !line.startsWith("LOGGED "))
        .toList();
  }

  private static List<String> logged(List<String> said) {
    return said.stream()
        .filter(line -> line.startsWith("LOGGED "))
        .map(line -> line.substring(7))
        .toList();
  }

  @Test
  void shouldRefuseCommandsBeforeTheDiskIsFullAndGoOnWhenThereIsRoom() throws Exception {
    run("mount -o remount,size=56m '" + disk + "'");
    List<String> said = child("fill", "1", String.valueOf(40 << 20));
    assertThat(remarks(said))
        .as(this::errors)
        .contains("ADMISSION DISK_NEARLY_FULL", "HEARD 0", "FAULTS 0", "CLOSED", "EXIT 0");
    List<String> acknowledged = acknowledged(said);
    assertThat(acknowledged).hasSizeGreaterThan(1_000);

    run("mount -o remount,size=200m '" + disk + "'");
    List<String> checked = child("check", String.valueOf(acknowledged.size() + 1));
    assertThat(remarks(checked)).as(this::errors).contains("SAME STATE", "EXIT 0");
    assertThat(logged(checked).subList(0, acknowledged.size()).equals(acknowledged))
        .as("all that was acknowledged, as it was acknowledged")
        .isTrue();
  }

  @Test
  void shouldStopWithAWordWhenTheJournalFindsNoRoomAndLoseNothing() throws Exception {
    fillAndGoOn();
  }

  @Test
  void shouldStopWithAWordWhenTheLogFindsNoRoomAndLoseNothing() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("journal"));
    run("mkdir '" + data + "'");
    run("ln -s '" + elsewhere + "' '" + data.resolve("journal") + "'");
    fillAndGoOn();
  }

  private void fillAndGoOn() throws Exception {
    List<String> said = child("fill", "1", "0");
    assertThat(remarks(said))
        .as(this::errors)
        .contains("ADMISSION STOPPED", "HEARD 0", "FAULTS 1", "CLOSED", "EXIT 0")
        .anySatisfy(
            line -> assertThat(line).startsWith("FAULT ").contains(data.toString(), "free space"))
        .anySatisfy(
            line -> assertThat(line).startsWith("STATUS ").contains(data.toString(), "free space"));
    List<String> acknowledged = acknowledged(said);
    assertThat(acknowledged).hasSizeGreaterThan(1_000);

    assertThat(child("start")).contains("EXIT 1");
    assertThat(errors()).contains(data.toString()).contains("is full").contains("free space");

    run("mount -o remount,size=200m '" + disk + "'");
    List<String> checked = child("check", String.valueOf(acknowledged.size() + 1));
    assertThat(remarks(checked)).as(this::errors).contains("SAME STATE", "EXIT 0");
    assertThat(logged(checked).subList(0, acknowledged.size()).equals(acknowledged))
        .as("all that was acknowledged, as it was acknowledged")
        .isTrue();
  }
}
